// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Subspace;

/// <summary>Primal-dual sequential subspace optimisation at work: directions, their images, the step within their span, the move.</summary>
internal sealed partial class SubspaceIteration : ISaddleIteration
{
    // The part of F that rounding errors may come to before F, and the images that made it, are computed anew. Not less: even an exact F breaks the
    // conjugacy of the steps to come with those before it, which at condition 100 costs a fifth more of them.
    private const double Drift = 1e-2;

    // What Galerkin's step must at least take off the residual to be preferred to the one of minimum residual.
    private const double Shorter = 0.999;

    // One side's part of F, over the other's, at which its direction is no longer but rounding.
    private const double OneSided = 1e-8;

    private readonly SequentialSubspace _method;
    private readonly ISaddleProblem _problem;
    private readonly double[] _point;
    private readonly double[] _field;
    private readonly FieldSearch _search;
    private readonly RememberedSteps _memory;
    private readonly SplitDirection _gradient;
    private readonly SplitDirection _step;
    private readonly SearchSpace _space;
    private readonly ConjugateTrack? _track;
    private readonly NemirovskiPair? _pair;
    private readonly BlockDirections? _blocks;
    private readonly SplitDirection? _displacement;
    private readonly Standstill _standstill;
    private bool _needsTrack;
    private bool _areImagesOld;
    private double _weight;
    private int _age;
    private int _failures;

    public SubspaceIteration(SequentialSubspace method, ISaddleProblem problem, ReadOnlySpan<double> start)
        : this(method, problem)
    {
        start.CopyTo(_point);
        Begin();
    }

    private SubspaceIteration(SequentialSubspace method, ISaddleProblem problem)
    {
        (_method, _problem) = (method, problem);
        int n = problem.PrimalSize, m = problem.DualSize;
        (_point, _field) = (new double[n + m], new double[n + m]);
        _search = new FieldSearch(problem);
        _memory = new RememberedSteps(method.Memory, n, m);
        (_gradient, _step) = (new SplitDirection(n, m), new SplitDirection(n, m));
        _track = method.UsesConjugates && problem.IsAffine ? new ConjugateTrack(n, m) : null;
        _pair = method.NemirovskiPair ? new NemirovskiPair(n, m) : null;
        _blocks = method.BlockDirections && problem.Blocks > 0 ? new BlockDirections(problem) : null;
        _displacement = method.FixedPoint is null ? null : new SplitDirection(n, m);
        _standstill = new Standstill(n, m);
        _space = new SearchSpace(n, m, 6 + method.Memory + problem.Blocks, method.Step != SubspaceStep.MinimumResidual);
        _weight = method.ProximalWeight;
    }

    private SubspaceIteration(SubspaceIteration other, ISaddleProblem problem, bool isChanged)
        : this(other._method, problem)
    {
        other._point.CopyTo(_point, 0);
        _memory.CopyFrom(other._memory);
        if (isChanged)
        {
            Begin();
            if (problem.IsAffine)
            {
                // Steps of another problem are conjugate to none of this one: with them a game takes longer than from the same point without.
                _memory.Clear();
            }
            _areImagesOld = !problem.IsAffine;
            return;
        }
        other._field.CopyTo(_field, 0);
        _space.CopyFrom(other._space);
        _track?.CopyFrom(other._track!);
        _pair?.CopyFrom(other._pair!);
        _standstill.CopyFrom(other._standstill);
        (Residual, _needsTrack, _areImagesOld) = (other.Residual, other._needsTrack, other._areImagesOld);
        (_weight, _age, _failures) = (other._weight, other._age, other._failures);
    }

    /// <inheritdoc/>
    public ReadOnlySpan<double> Point => _point;

    /// <inheritdoc/>
    public double Residual { get; private set; }

    // With it earlier steps are no directions: with 0 to 10 of them the counts were the same.
    private bool IsOnTrack => _needsTrack && _track is not null;

    /// <inheritdoc/>
    public void Advance()
    {
        if (_problem.IsAffine)
        {
            if (_age >= _method.RefreshEvery)
            {
                Check();
            }
            GatherDirections();
            ChooseStep();
            MoveAlongImages();
        }
        else
        {
            GatherDirections();
            MoveByTrial();
        }
        _standstill.Step(Residual);
    }

    /// <inheritdoc/>
    public void Refresh()
    {
        if (_age == 0)
        {
            return;
        }
        Check();
        _search.Field.CopyTo(_field);
        Residual = TensorPrimitives.Norm<double>(_field);
    }

    /// <inheritdoc/>
    public InfeasibilityCertificate? FindCertificate()
    {
        _standstill.Test(_problem, _point, _search.Room, _space.Scale);
        return _standstill.Certificate;
    }

    /// <inheritdoc/>
    public bool IsExhausted => _standstill.IsExhausted;

    /// <inheritdoc/>
    public ISaddleIteration Fork(ISaddleProblem problem, bool isChanged) => new SubspaceIteration(this, problem, isChanged);

    private void Begin()
    {
        _problem.Field(_point, _field);
        Residual = TensorPrimitives.Norm<double>(_field);
        _standstill.Begin(Residual);
    }

    /// <summary>Looks how far the sum of images is from F.</summary>
    private void Check()
    {
        _search.Evaluate(_point);
        _age = 0;
        if (!(TensorPrimitives.Distance<double>(_field, _search.Field) <= Drift * Residual))
        {
            _search.Field.CopyTo(_field);
            Residual = TensorPrimitives.Norm<double>(_field);
            _memory.ComputeImages(_problem, _point);
            _pair?.ComputeImages(_problem, _point);
            _track?.Clear();
        }
    }

    private void GatherDirections()
    {
        _space.Clear();
        if (IsOnTrack)
        {
            _track!.Advance(_problem, _point, _field, _space.Scale);
            _space.Add(_track.Vector);
            _space.AddJoint(_track.Displacement, _track.DisplacementImage);
        }
        else
        {
            AddGradient();
        }
        if (_blocks is not null)
        {
            _blocks.Compute(_point);
            _blocks.AddTo(_space);
        }
        if (_displacement is not null)
        {
            _method.FixedPoint!.Apply(_point, _displacement.Vector);
            TensorPrimitives.Subtract(_displacement.Vector, _point, _displacement.Vector);
            AddNew(_displacement);
        }
        if (_standstill.HasDescent && _method.Step != SubspaceStep.Galerkin)
        {
            AddNew(_standstill.Descent);
        }
        AddRemembered();
    }

    private void AddGradient()
    {
        _field.CopyTo(_gradient.Vector, 0);
        AddNew(_gradient);
        _pair?.AddGradient(_gradient, _field);

        // A field without curvature maps x's directions to y's part alone, and y's to x's.
        // And where only one side's gradient is left, the other side gets no direction but from the images.
        _needsTrack = _gradient.HasCurvature(_space.Scale) || IsOneSided();
    }

    private bool IsOneSided()
    {
        double primal = TensorPrimitives.Norm<double>(_field.AsSpan(0, _problem.PrimalSize)), dual = TensorPrimitives.Norm<double>(_field.AsSpan(_problem.PrimalSize));
        return Math.Min(primal, dual) <= OneSided * Math.Max(primal, dual);
    }

    private void AddRemembered()
    {
        if (_areImagesOld)
        {
            _memory.ComputeImages(_problem, _point);
            _pair?.ComputeImages(_problem, _point);
        }
        if (_pair is not null)
        {
            _space.Add(_pair.Way);
            _space.Add(_pair.GradientSum);
        }
        for (int age = 0; age < (IsOnTrack ? 0 : _memory.Count); age++)
        {
            _space.Add(_memory[age]);
        }
    }

    private void AddNew(SplitDirection direction)
    {
        direction.Normalize();
        direction.ComputeImages(_problem, _point);
        _space.Add(direction);
    }

    /// <summary>Puts the step, as if F were affine, into <see cref="_step"/>.</summary>
    private void ChooseStep()
    {
        if (_method.Step == SubspaceStep.MinimumResidual || !SolveSaddle() || (_method.Step == SubspaceStep.Hybrid && !(_search.Extrapolate(_field, _step) < Shorter * Residual)))
        {
            _space.MinimizeResidual(_field, _weight * _space.Scale, _step);
        }
        _weight = Halved(_weight);
    }

    /// <summary>Solves the restricted saddle, with as much proximal weight as makes it regular.</summary>
    private bool SolveSaddle()
    {
        for (int attempt = 0; attempt < 10; attempt++)
        {
            if (_space.SolveSaddle(_field, _weight * _space.Scale, _step))
            {
                return true;
            }
            _weight = Raised(_weight);
        }
        return false;
    }

    private void MoveAlongImages()
    {
        double residual = _search.Extrapolate(_field, _step);
        if (!(residual < Residual) && _method.Step != SubspaceStep.Galerkin && !IsOnTrack)
        {
            // A step that brings nothing must not push others out of memory; the test finds a direction that brings something, or a proof that there is none.
            _standstill.Suspect();
        }
        if (double.IsFinite(residual) && !_step.IsZero)
        {
            Move(residual);
            return;
        }
        Residual = double.IsFinite(residual) ? Residual : residual;
    }

    private void Move(double residual)
    {
        Residual = residual;
        _search.Field.CopyTo(_field);
        TensorPrimitives.Add(_point, _step.Vector, _point);
        _track?.Move(_step);
        _pair?.Move(_step, 1);
        _memory.Push(_step);
        _age++;
    }

    // A weight above that of J itself makes a step shorter than one along the gradient.
    private static double Raised(double weight) => Math.Clamp(4 * weight, 1e-8, 1);

    private static double Halved(double weight) => weight > 1e-12 ? weight / 2 : 0;
}
