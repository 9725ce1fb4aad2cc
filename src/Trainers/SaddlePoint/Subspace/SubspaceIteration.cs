// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Subspace;

/// <summary>Primal-dual sequential subspace optimisation at work.</summary>
internal sealed class SubspaceIteration : ISaddleIteration
{
    // The part of F that rounding errors may come to before F, and the images that made it, are computed anew. Not less: even an exact F breaks the
    // conjugacy of the steps to come with those before it, which at condition 100 costs a fifth more of them.
    private const double Drift = 1e-2;

    private readonly SequentialSubspace _method;
    private readonly ISaddleProblem _problem;
    private readonly double[] _point;
    private readonly double[] _field;
    private readonly double[] _trial;
    private readonly StepMemory _memory;
    private readonly SplitDirection _gradient;
    private readonly SplitDirection _step;
    private readonly SearchSpace _space;
    private int _age;

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
        _point = new double[n + m];
        _field = new double[n + m];
        _trial = new double[n + m];
        _memory = new StepMemory(method.Memory, n, m);
        _gradient = new SplitDirection(n, m);
        _step = new SplitDirection(n, m);
        _space = new SearchSpace(n + m, 1 + method.Memory);
    }

    private SubspaceIteration(SubspaceIteration other, ISaddleProblem problem, bool isChanged)
        : this(other._method, problem)
    {
        other._point.CopyTo(_point, 0);
        _memory.CopyFrom(other._memory);
        if (isChanged)
        {
            Begin();
            _memory.ComputeImages(problem, _point);
            return;
        }
        other._field.CopyTo(_field, 0);
        (_age, Residual) = (other._age, other.Residual);
        _space.CopyFrom(other._space);
    }

    /// <inheritdoc/>
    public ReadOnlySpan<double> Point => _point;

    /// <inheritdoc/>
    public double Residual { get; private set; }

    /// <inheritdoc/>
    public void Advance()
    {
        if (_age >= _method.RefreshEvery)
        {
            Check();
        }
        GatherDirections();
        _space.MinimizeResidual(_field, _step);
        TensorPrimitives.Add(_point, _step.Vector, _point);
        TensorPrimitives.Add(_field, _step.PrimalImage, _field);
        TensorPrimitives.Add(_field, _step.DualImage, _field);
        Residual = TensorPrimitives.Norm<double>(_field);
        _age++;
        _memory.Push(_step);
    }

    /// <inheritdoc/>
    public void Refresh()
    {
        if (_age == 0)
        {
            return;
        }
        Check();
        _trial.CopyTo(_field, 0);
        Residual = TensorPrimitives.Norm<double>(_field);
    }

    /// <inheritdoc/>
    public InfeasibilityCertificate? FindCertificate() => null;

    /// <inheritdoc/>
    public ISaddleIteration Fork(ISaddleProblem problem, bool isChanged) => new SubspaceIteration(this, problem, isChanged);

    private void Begin()
    {
        _problem.Field(_point, _field);
        Residual = TensorPrimitives.Norm<double>(_field);
    }

    /// <summary>Looks how far the sum of images is from F.</summary>
    private void Check()
    {
        _problem.Field(_point, _trial);
        _age = 0;
        if (!(TensorPrimitives.Distance<double>(_field, _trial) <= Drift * Residual))
        {
            _trial.CopyTo(_field, 0);
            Residual = TensorPrimitives.Norm<double>(_field);
            _memory.ComputeImages(_problem, _point);
        }
    }

    private void GatherDirections()
    {
        _space.Clear();
        _field.CopyTo(_gradient.Vector, 0);
        _gradient.Normalize();
        _gradient.ComputeImages(_problem, _point);
        _space.Add(_gradient);
        for (int age = 0; age < _memory.Count; age++)
        {
            _space.Add(_memory[age]);
        }
    }
}
