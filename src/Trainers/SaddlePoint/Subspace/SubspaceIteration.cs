// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Subspace;

/// <summary>Primal-dual sequential subspace optimisation at work.</summary>
internal sealed class SubspaceIteration : ISaddleIteration
{
    // Between two evaluations of F, the part of it that rounding errors may come to before images are taken to have gathered some too.
    private const double Drift = 1e-9;

    // What rounding alone makes of F, over the norms of J and of the point.
    private const double Rounding = 1e-13;

    private readonly SequentialSubspace _method;
    private readonly ISaddleProblem _problem;
    private readonly double[] _point;
    private readonly double[] _field;
    private readonly double[] _trial;
    private readonly StepMemory _memory;
    private readonly SplitDirection _gradient;
    private readonly SplitDirection _step;
    private readonly SearchSpace _space;
    private double _honest;
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
        (_honest, _age, Residual) = (other._honest, other._age, other.Residual);
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
            Refresh();
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
        _problem.Field(_point, _trial);
        double drift = TensorPrimitives.Distance<double>(_field, _trial);
        _trial.CopyTo(_field, 0);
        if (drift > (Drift * _honest) + (Rounding * _space.Scale * TensorPrimitives.Norm<double>(_point)))
        {
            _memory.ComputeImages(_problem, _point);
        }
        _honest = Residual = TensorPrimitives.Norm<double>(_field);
        _age = 0;
    }

    /// <inheritdoc/>
    public InfeasibilityCertificate? FindCertificate() => null;

    /// <inheritdoc/>
    public ISaddleIteration Fork(ISaddleProblem problem, bool isChanged) => new SubspaceIteration(this, problem, isChanged);

    private void Begin()
    {
        _problem.Field(_point, _field);
        _honest = Residual = TensorPrimitives.Norm<double>(_field);
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
