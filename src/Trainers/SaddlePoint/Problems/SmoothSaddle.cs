// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Problems;

/// <summary>A smooth saddle f(x, y) given by its gradients, and by products with its second derivatives where the user has them; else by differences of gradients.</summary>
/// <remarks>One object is for one solve at a time: it remembers the last field, so that a difference costs one evaluation.</remarks>
/// <example>
/// <code>
/// // min over x, max over y of x⁴/4 + x y - y²
/// SmoothSaddle problem = new(1, 1, (x, y, gradientX, gradientY) =>
/// {
///     gradientX[0] = (x[0] * x[0] * x[0]) + y[0];
///     gradientY[0] = x[0] - (2 * y[0]);
/// });
/// SaddleResult result = SaddleSolver.Solve(problem, new() { Start = [1, 1] });
/// </code>
/// </example>
public sealed class SmoothSaddle : ISaddleProblem
{
    // The square root of the unit roundoff balances the errors of a forward difference.
    private const double Difference = 1.5e-8;

    private readonly SaddleGradient _gradient;
    private readonly SaddleHessianProduct? _hessianProduct;
    private readonly double[] _lastPoint;
    private readonly double[] _lastField;
    private readonly double[] _shifted;
    private readonly double[] _zeros;
    private bool _hasLast;

    /// <summary>Makes a problem.</summary>
    /// <param name="primalSize">The length of x, at least 1.</param>
    /// <param name="dualSize">The length of y, at least 1.</param>
    /// <param name="gradient">Computes both gradients.</param>
    /// <param name="hessianProduct">Multiplies with the second derivatives; null for differences of gradients.</param>
    public SmoothSaddle(int primalSize, int dualSize, SaddleGradient gradient, SaddleHessianProduct? hessianProduct = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(primalSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dualSize);
        ArgumentNullException.ThrowIfNull(gradient);
        (PrimalSize, DualSize) = (primalSize, dualSize);
        (_gradient, _hessianProduct) = (gradient, hessianProduct);
        (_lastPoint, _lastField) = (new double[primalSize + dualSize], new double[primalSize + dualSize]);
        (_shifted, _zeros) = (new double[primalSize + dualSize], new double[primalSize + dualSize]);
    }

    /// <inheritdoc/>
    public int PrimalSize { get; }

    /// <inheritdoc/>
    public int DualSize { get; }

    /// <inheritdoc/>
    public bool IsAffine => false;

    /// <inheritdoc/>
    /// <value>2: a product, or an evaluation at a shifted point, for each half. A third evaluation, which is not counted, where the field at the point was not the last one asked for.</value>
    public int ImagesCost => 2;

    /// <inheritdoc/>
    public void Field(ReadOnlySpan<double> point, Span<double> field)
    {
        Evaluate(point, field);
        point.CopyTo(_lastPoint);
        field.CopyTo(_lastField);
        _hasLast = true;
    }

    /// <inheritdoc/>
    public void Images(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> primalImage, Span<double> dualImage)
    {
        ReadOnlySpan<double> p = direction[..PrimalSize], q = direction[PrimalSize..];
        if (_hessianProduct is not null)
        {
            Multiply(point, p, _zeros.AsSpan(PrimalSize), primalImage);
            Multiply(point, _zeros.AsSpan(0, PrimalSize), q, dualImage);
            return;
        }
        if (!_hasLast || !point.SequenceEqual(_lastPoint))
        {
            Field(point, _shifted);
        }
        Differentiate(point, p, 0, primalImage);
        Differentiate(point, q, PrimalSize, dualImage);
    }

    private void Evaluate(ReadOnlySpan<double> point, Span<double> field)
    {
        _gradient(point[..PrimalSize], point[PrimalSize..], field[..PrimalSize], field[PrimalSize..]);
        TensorPrimitives.Negate<double>(field[PrimalSize..], field[PrimalSize..]);
    }

    private void Multiply(ReadOnlySpan<double> point, ReadOnlySpan<double> p, ReadOnlySpan<double> q, Span<double> image)
    {
        _hessianProduct!(point[..PrimalSize], point[PrimalSize..], p, q, image[..PrimalSize], image[PrimalSize..]);
        TensorPrimitives.Negate<double>(image[PrimalSize..], image[PrimalSize..]);
    }

    private void Differentiate(ReadOnlySpan<double> point, ReadOnlySpan<double> half, int offset, Span<double> image)
    {
        double norm = TensorPrimitives.Norm(half);
        if (norm == 0)
        {
            image.Clear();
            return;
        }
        double step = Difference * (1 + TensorPrimitives.Norm(point)) / norm;
        point.CopyTo(_shifted);
        Span<double> moved = _shifted.AsSpan(offset, half.Length);
        TensorPrimitives.MultiplyAdd(half, step, moved, moved);
        Evaluate(_shifted, image);
        TensorPrimitives.Subtract(image, _lastField, image);
        TensorPrimitives.Divide(image, step, image);
    }
}
