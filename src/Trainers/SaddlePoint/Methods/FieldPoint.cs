// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Methods;

/// <summary>Where a method is, and what it knows of the field there.</summary>
internal sealed class FieldPoint
{
    private bool _isExact;

    /// <summary>A point with its field: one bundle.</summary>
    public FieldPoint(ISaddleProblem problem, ReadOnlySpan<double> start)
    {
        Problem = problem;
        Values = start.ToArray();
        Field = new double[Values.Length];
        Evaluate();
    }

    /// <summary>A copy; where the problem is another, the field is computed anew.</summary>
    public FieldPoint(FieldPoint other, ISaddleProblem problem, bool isChanged)
    {
        Problem = problem;
        Values = [.. other.Values];
        Field = [.. other.Field];
        Residual = other.Residual;
        _isExact = other._isExact;
        if (isChanged)
        {
            Evaluate();
        }
    }

    public ISaddleProblem Problem { get; }

    /// <summary>x, then y.</summary>
    public double[] Values { get; }

    /// <summary>F there, or what is known of it.</summary>
    public double[] Field { get; }

    public double Residual { get; private set; }

    public Span<double> Primal => Values.AsSpan(0, Problem.PrimalSize);

    public Span<double> Dual => Values.AsSpan(Problem.PrimalSize);

    public Span<double> PrimalField => Field.AsSpan(0, Problem.PrimalSize);

    public Span<double> DualField => Field.AsSpan(Problem.PrimalSize);

    /// <summary>Computes the field: one bundle.</summary>
    public void Evaluate()
    {
        Problem.Field(Values, Field);
        Residual = TensorPrimitives.Norm<double>(Field);
        _isExact = true;
    }

    /// <summary>Computes the field unless it is known.</summary>
    /// <returns>Whether it had to.</returns>
    public bool Refresh()
    {
        if (_isExact)
        {
            return false;
        }
        Evaluate();
        return true;
    }

    /// <summary>Says that the field is known only about, and how long it is then.</summary>
    public void Estimate(double residual)
    {
        Residual = residual;
        _isExact = false;
    }

    /// <summary>Goes a step along a vector.</summary>
    public void Move(double step, ReadOnlySpan<double> along) => TensorPrimitives.MultiplyAdd(along, step, Values, Values);
}
