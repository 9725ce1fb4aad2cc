// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Problems;

/// <summary>A matrix, dense or sparse, that is multiplied with vectors. Each entry of a product is one sum in a fixed order, so that the number of threads changes no bit.</summary>
internal sealed class LinearMap
{
    // Multiplications for which a second thread is worth waking.
    private const long WorthThreads = 100_000;
    private const int ChunkWork = 30_000;

    private readonly double[]? _dense;
    private readonly double[]? _denseTransposed;
    private readonly SparseMatrix? _sparse;
    private readonly SparseMatrix? _sparseTransposed;

    public LinearMap(double[,] matrix, string name)
    {
        ArgumentNullException.ThrowIfNull(matrix, name);
        (Rows, Columns) = (matrix.GetLength(0), matrix.GetLength(1));
        if (Rows == 0 || Columns == 0)
        {
            throw new ArgumentException($"The matrix has {Rows} rows and {Columns} columns; at least one of each is needed.", name);
        }
        _dense = new double[Rows * Columns];
        _denseTransposed = new double[Rows * Columns];
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
            {
                double value = matrix[i, j];
                if (!double.IsFinite(value))
                {
                    throw new ArgumentException($"Entry ({i}, {j}) is {value}; finite numbers are needed.", name);
                }
                _dense[(i * Columns) + j] = value;
                _denseTransposed[(j * Rows) + i] = value;
            }
        }
    }

    public LinearMap(SparseMatrix matrix, string name)
    {
        ArgumentNullException.ThrowIfNull(matrix, name);
        (Rows, Columns) = (matrix.Rows, matrix.Columns);
        if (Rows == 0 || Columns == 0)
        {
            throw new ArgumentException($"The matrix has {Rows} rows and {Columns} columns; at least one of each is needed.", name);
        }
        _sparse = matrix;
        _sparseTransposed = SparseMatrix.FromEntries(Columns, Rows, matrix.Entries().Select(entry => (entry.Column, entry.Row, entry.Value)));
    }

    public int Rows { get; }

    public int Columns { get; }

    private long Work => _sparse?.Count ?? (long)Rows * Columns;

    /// <summary>product = A v.</summary>
    public void Multiply(ReadOnlySpan<double> v, Span<double> product, int threads) => Multiply(_dense, _sparse, v, product, threads);

    /// <summary>product = A' v.</summary>
    public void MultiplyTransposed(ReadOnlySpan<double> v, Span<double> product, int threads) => Multiply(_denseTransposed, _sparseTransposed, v, product, threads);

    /// <summary>Throws where the matrix is not symmetric.</summary>
    public void DemandSymmetric(string name)
    {
        if (Rows != Columns)
        {
            throw new ArgumentException($"The matrix has {Rows} rows and {Columns} columns; a symmetric one is needed.", name);
        }
        bool isSymmetric = _dense is not null
            ? _dense.AsSpan().SequenceEqual(_denseTransposed)
            : _sparse!.Starts.SequenceEqual(_sparseTransposed!.Starts) && _sparse.ColumnOf.SequenceEqual(_sparseTransposed.ColumnOf) && _sparse.Values.SequenceEqual(_sparseTransposed.Values);
        if (!isSymmetric)
        {
            throw new ArgumentException("The matrix is not symmetric; pass (M + M') / 2.", name);
        }
    }

    private void Multiply(double[]? dense, SparseMatrix? sparse, ReadOnlySpan<double> v, Span<double> product, int threads)
    {
        if (threads == 1 || Work < WorthThreads)
        {
            MultiplyRows(dense, sparse, v, product, 0, product.Length);
            return;
        }
        MultiplyOnThreads(dense, sparse, v, product, threads, (int)Math.Clamp(ChunkWork * (long)product.Length / Work, 1, product.Length));
    }

    // By itself, since the closure of the loop is made where its method begins.
    private static unsafe void MultiplyOnThreads(double[]? dense, SparseMatrix? sparse, ReadOnlySpan<double> v, Span<double> product, int threads, int chunkRows)
    {
        fixed (double* from = v, to = product)
        {
            // Spans cannot be captured; the pointers are good until the loop has ended.
            (nint source, nint target, int length, int rows) = ((nint)from, (nint)to, v.Length, product.Length);
            Parallel.For(0, (rows + chunkRows - 1) / chunkRows, new ParallelOptions { MaxDegreeOfParallelism = threads }, chunk =>
                MultiplyRows(dense, sparse, new ReadOnlySpan<double>((void*)source, length), new Span<double>((void*)target, rows), chunk * chunkRows, Math.Min(rows, (chunk + 1) * chunkRows)));
        }
    }

    private static void MultiplyRows(double[]? dense, SparseMatrix? sparse, ReadOnlySpan<double> v, Span<double> product, int begin, int end)
    {
        if (dense is not null)
        {
            for (int i = begin; i < end; i++)
            {
                product[i] = TensorPrimitives.Dot(dense.AsSpan(i * v.Length, v.Length), v);
            }
            return;
        }
        ReadOnlySpan<int> starts = sparse!.Starts, columns = sparse.ColumnOf;
        ReadOnlySpan<double> values = sparse.Values;
        for (int i = begin; i < end; i++)
        {
            double sum = 0;
            for (int k = starts[i]; k < starts[i + 1]; k++)
            {
                sum += values[k] * v[columns[k]];
            }
            product[i] = sum;
        }
    }
}
