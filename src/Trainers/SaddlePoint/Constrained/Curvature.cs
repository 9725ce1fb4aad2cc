// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>
/// The second derivative of the Lagrangian by the weights, once the bias has adapted: its diagonal or, where that was worth the work, all of it. Directions are gradients divided by it,
/// and their lengths are measured in it, so that how features are scaled (and, with all of it, how they depend on each other) matters little.
/// </summary>
internal sealed class Curvature
{
    // What centring leaves of a feature's second moment below this is rounding.
    private const double Rounding = 1e-13;

    private readonly double _l2;
    private double[]? _matrix, _factor;

    /// <summary>No curvature yet.</summary>
    public Curvature(int features, double l2)
    {
        _l2 = l2;
        Diagonal = new double[features];
        Mean = new double[features];
    }

    /// <summary>Its diagonal; positive.</summary>
    public double[] Diagonal { get; }

    /// <summary>The mean of each feature, rows weighted by their curvature.</summary>
    public double[] Mean { get; }

    /// <summary>The curvature along the bias; positive.</summary>
    public double Bias { get; private set; }

    /// <summary>Whether all of it is known.</summary>
    public bool IsFull => _factor is not null;

    /// <summary>Sets the diagonal from moments of the features.</summary>
    /// <param name="total">The sum of the rows' curvatures.</param>
    /// <param name="first">The features' sums, weighted by them.</param>
    /// <param name="second">The sums of their squares.</param>
    public void SetDiagonal(double total, ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (!(total > 0) || !double.IsFinite(total))
        {
            Bias = Bias > 0 ? Bias : 1;
            EnsurePositive();
            return;
        }
        Bias = total;
        TensorPrimitives.Divide(first, total, Mean);
        for (int j = 0; j < Diagonal.Length; j++)
        {
            Diagonal[j] = Math.Max(second[j] - (first[j] * Mean[j]), Rounding * second[j]) + _l2;
        }
        EnsurePositive();
    }

    /// <summary>Takes the diagonal from another one.</summary>
    public void CopyDiagonal(Curvature other)
    {
        other.Diagonal.CopyTo(Diagonal, 0);
        other.Mean.CopyTo(Mean, 0);
        Bias = other.Bias;
    }

    /// <summary>Sets all of it from second moments about <see cref="Mean"/>, which must be theirs by now; leaves the diagonal where they are not positive definite.</summary>
    public void SetFull(double[] moments)
    {
        int size = Diagonal.Length;
        for (int i = 0; i < size; i++)
        {
            moments[(i * size) + i] += _l2;
        }
        double[] factor = _factor ?? new double[size * size];
        _factor = SmallCholesky.TryFactorize(moments, factor, size) ? factor : null;
        _matrix = _factor is null ? null : moments;
    }

    /// <summary>A gradient divided by the curvature; of a block's gradient, what the bias could do as well is taken off first.</summary>
    public void Divide(ReadOnlySpan<double> gradient, double biasGradient, Span<double> direction)
    {
        TensorPrimitives.MultiplyAdd(Mean, -biasGradient, gradient, direction);
        if (_factor is null)
        {
            TensorPrimitives.Divide(direction, Diagonal, direction);
        }
        else
        {
            SmallCholesky.Solve(_factor, direction);
        }
    }

    /// <summary>The curvature times a direction.</summary>
    public void Multiply(ReadOnlySpan<double> direction, Span<double> product)
    {
        if (_matrix is null)
        {
            TensorPrimitives.Multiply(direction, Diagonal, product);
            return;
        }
        int size = direction.Length;
        for (int i = 0; i < size; i++)
        {
            product[i] = TensorPrimitives.Dot(_matrix.AsSpan(i * size, size), direction);
        }
    }

    // A feature that is always zero, where nothing is penalised: its weight stays zero and must not be divided by zero.
    private void EnsurePositive()
    {
        double largest = TensorPrimitives.Max<double>(Diagonal);
        largest = largest > 0 ? largest : 1;
        for (int j = 0; j < Diagonal.Length; j++)
        {
            Diagonal[j] = Diagonal[j] > 0 ? Diagonal[j] : largest;
        }
    }
}
