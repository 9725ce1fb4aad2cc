// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Problems;

/// <summary>
/// The quadratic saddle <c>f(x, y) = x'Hx / 2 + x'A y - y'Gy / 2 + b'x + c'y</c>, for instance a quadratic program with the constraints <c>A'x + c = 0</c> where G is zero.
/// Its field is <c>(H x + A y + b, G y - A'x - c)</c>.
/// </summary>
/// <example>
/// <code>
/// // min over x, max over y of x² + 2xy - y² - 4x
/// QuadraticSaddle saddle = new(new double[,] { { 2 } }, new double[,] { { 2 } }, new double[,] { { 2 } }, b: [-4]);
/// SaddleResult result = SaddleSolver.Solve(saddle);   // result.Primal: 1; result.Dual: 1
/// </code>
/// </example>
public sealed class QuadraticSaddle : IPartialField
{
    private readonly LinearMap? _h;
    private readonly LinearMap _a;
    private readonly LinearMap? _g;
    private readonly double[] _b;
    private readonly double[] _c;

    /// <summary>Makes a saddle of dense matrices.</summary>
    /// <param name="h">H, symmetric; null for zero. Only where it is positive semidefinite, which is not checked, is a zero of the field least in x.</param>
    /// <param name="a">A: one row for each entry of x, one column for each of y.</param>
    /// <param name="g">G, symmetric; null for zero. Only where it is positive semidefinite, which is not checked, is a zero of the field greatest in y.</param>
    /// <param name="b">b; null for zeros.</param>
    /// <param name="c">c; null for zeros.</param>
    /// <exception cref="ArgumentException">Sizes do not go together, H or G is not symmetric, or a number is not finite.</exception>
    public QuadraticSaddle(double[,]? h, double[,] a, double[,]? g, IReadOnlyList<double>? b = null, IReadOnlyList<double>? c = null)
        : this(h is null ? null : new LinearMap(h, nameof(h)), new LinearMap(a, nameof(a)), g is null ? null : new LinearMap(g, nameof(g)), b, c)
    {
    }

    /// <summary>Makes a saddle of sparse matrices.</summary>
    /// <param name="h">H, symmetric; null for zero. Only where it is positive semidefinite, which is not checked, is a zero of the field least in x.</param>
    /// <param name="a">A: one row for each entry of x, one column for each of y.</param>
    /// <param name="g">G, symmetric; null for zero. Only where it is positive semidefinite, which is not checked, is a zero of the field greatest in y.</param>
    /// <param name="b">b; null for zeros.</param>
    /// <param name="c">c; null for zeros.</param>
    /// <exception cref="ArgumentException">Sizes do not go together, or H or G is not symmetric.</exception>
    public QuadraticSaddle(SparseMatrix? h, SparseMatrix a, SparseMatrix? g, IReadOnlyList<double>? b = null, IReadOnlyList<double>? c = null)
        : this(h is null ? null : new LinearMap(h, nameof(h)), new LinearMap(a, nameof(a)), g is null ? null : new LinearMap(g, nameof(g)), b, c)
    {
    }

    private QuadraticSaddle(LinearMap? h, LinearMap a, LinearMap? g, IReadOnlyList<double>? b, IReadOnlyList<double>? c)
    {
        h?.DemandSymmetric(nameof(h));
        g?.DemandSymmetric(nameof(g));
        Demand(h, a.Rows, nameof(h));
        Demand(g, a.Columns, nameof(g));
        (_h, _a, _g) = (h, a, g);
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
        AddProduct(_h, point[..PrimalSize], field);
    }

    void IPartialField.DualField(ReadOnlySpan<double> point, Span<double> field)
    {
        _a.MultiplyTransposed(point[..PrimalSize], field, Threads);
        TensorPrimitives.Add(field, _c, field);
        TensorPrimitives.Negate<double>(field, field);
        AddProduct(_g, point[PrimalSize..], field);
    }

    /// <inheritdoc/>
    public void Images(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> primalImage, Span<double> dualImage)
    {
        int n = PrimalSize;
        ReadOnlySpan<double> p = direction[..n], q = direction[n..];
        Multiply(_h, p, primalImage[..n]);
        _a.MultiplyTransposed(p, primalImage[n..], Threads);
        TensorPrimitives.Negate<double>(primalImage[n..], primalImage[n..]);
        _a.Multiply(q, dualImage[..n], Threads);
        Multiply(_g, q, dualImage[n..]);
    }

    private void Multiply(LinearMap? matrix, ReadOnlySpan<double> v, Span<double> product)
    {
        if (matrix is null)
        {
            product.Clear();
            return;
        }
        matrix.Multiply(v, product, Threads);
    }

    private void AddProduct(LinearMap? matrix, ReadOnlySpan<double> v, Span<double> sum)
    {
        if (matrix is null)
        {
            return;
        }
        double[] rented = ArrayPool<double>.Shared.Rent(sum.Length);
        Span<double> product = rented.AsSpan(0, sum.Length);
        matrix.Multiply(v, product, Threads);
        TensorPrimitives.Add(sum, product, sum);
        ArrayPool<double>.Shared.Return(rented);
    }

    private static void Demand(LinearMap? matrix, int size, string name)
    {
        if (matrix is not null && matrix.Rows != size)
        {
            throw new ArgumentException($"The matrix has {matrix.Rows} rows; as many as A says, {size}, are needed.", name);
        }
    }
}
