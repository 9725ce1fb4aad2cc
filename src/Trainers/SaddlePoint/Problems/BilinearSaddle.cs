// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Problems;

/// <summary>The bilinear game <c>f(x, y) = x'A y + b'x + c'y</c>, for instance a matrix game without constraints. Its field is <c>(A y + b, -A'x - c)</c>.</summary>
/// <example>
/// <code>
/// // min over x, max over y of 2xy - 4x + 6y
/// BilinearSaddle game = new(new double[,] { { 2 } }, b: [-4], c: [6]);
/// SaddleResult result = SaddleSolver.Solve(game);   // result.Primal: -3; result.Dual: 2
/// </code>
/// </example>
public sealed class BilinearSaddle : IPartialField
{
    private readonly LinearMap _a;
    private readonly double[] _b;
    private readonly double[] _c;

    /// <summary>Makes a game of a dense matrix.</summary>
    /// <param name="matrix">A: one row for each entry of x, one column for each of y.</param>
    /// <param name="b">b; null for zeros.</param>
    /// <param name="c">c; null for zeros.</param>
    /// <exception cref="ArgumentException">Sizes do not go together, or a number is not finite.</exception>
    public BilinearSaddle(double[,] matrix, IReadOnlyList<double>? b = null, IReadOnlyList<double>? c = null)
        : this(new LinearMap(matrix, nameof(matrix)), b, c)
    {
    }

    /// <summary>Makes a game of a sparse matrix.</summary>
    /// <param name="matrix">A: one row for each entry of x, one column for each of y.</param>
    /// <param name="b">b; null for zeros.</param>
    /// <param name="c">c; null for zeros.</param>
    /// <exception cref="ArgumentException">Sizes do not go together, or a number is not finite.</exception>
    public BilinearSaddle(SparseMatrix matrix, IReadOnlyList<double>? b = null, IReadOnlyList<double>? c = null)
        : this(new LinearMap(matrix, nameof(matrix)), b, c)
    {
    }

    private BilinearSaddle(LinearMap a, IReadOnlyList<double>? b, IReadOnlyList<double>? c)
    {
        _a = a;
        _b = LinearTerm.Take(b, a.Rows, nameof(b));
        _c = LinearTerm.Take(c, a.Columns, nameof(c));
    }

    /// <inheritdoc/>
    public int PrimalSize => _a.Rows;

    /// <inheritdoc/>
    public int DualSize => _a.Columns;

    /// <inheritdoc/>
    public bool IsAffine => true;

    /// <summary>Threads that may share a product; their number changes no bit.</summary>
    /// <value>The default is 1.</value>
    public int Threads { get; init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(Threads)} must be at least 1."); } = 1;

    /// <inheritdoc/>
    public void Field(ReadOnlySpan<double> point, Span<double> field)
    {
        IPartialField parts = this;
        parts.PrimalField(point, field[..PrimalSize]);
        parts.DualField(point, field[PrimalSize..]);
    }

    void IPartialField.PrimalField(ReadOnlySpan<double> point, Span<double> field)
    {
        _a.Multiply(point[PrimalSize..], field, Threads);
        TensorPrimitives.Add(field, _b, field);
    }

    void IPartialField.DualField(ReadOnlySpan<double> point, Span<double> field)
    {
        _a.MultiplyTransposed(point[..PrimalSize], field, Threads);
        TensorPrimitives.Add(field, _c, field);
        TensorPrimitives.Negate<double>(field, field);
    }

    /// <inheritdoc/>
    public void Images(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> primalImage, Span<double> dualImage)
    {
        int n = PrimalSize;
        primalImage[..n].Clear();
        _a.MultiplyTransposed(direction[..n], primalImage[n..], Threads);
        TensorPrimitives.Negate<double>(primalImage[n..], primalImage[n..]);
        _a.Multiply(direction[n..], dualImage[..n], Threads);
        dualImage[n..].Clear();
    }
}
