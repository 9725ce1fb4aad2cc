// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Subspace;

/// <summary>V = Q R of a few long columns, by modified Gram-Schmidt with reorthogonalisation; columns that depend on earlier ones are left out.</summary>
internal sealed class ThinQr
{
    private const double Dependent = 1e-10;

    private readonly double[][] _q;
    private readonly double[,] _r;
    private readonly int[] _columns;
    private readonly (int Begin, int End)[] _ranges;

    public ThinQr(int rows, int capacity)
    {
        _q = new double[capacity][];
        for (int i = 0; i < capacity; i++)
        {
            _q[i] = new double[rows];
        }
        _r = new double[capacity, capacity];
        _columns = new int[capacity];
        _ranges = new (int, int)[capacity];
    }

    /// <summary>How many columns were given.</summary>
    public int Columns { get; private set; }

    /// <summary>How many of them are independent.</summary>
    public int Rank { get; private set; }

    /// <summary>Which column the j-th independent one is.</summary>
    public int Column(int j) => _columns[j];

    /// <summary>The j-th column of Q.</summary>
    public ReadOnlySpan<double> Q(int j) => _q[j];

    /// <summary>R, of the independent columns alone.</summary>
    public double R(int i, int j) => _r[i, j];

    public void Clear() => Columns = Rank = 0;

    /// <summary>Adds a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="floor">The length at which it counts as zero: what rounding alone may come to.</param>
    public void Add(ReadOnlySpan<double> column, double floor)
    {
        int index = Columns++;
        double[] q = _q[Rank];
        column.CopyTo(q);

        // Images of one side's directions lie on the other side alone where f has no curvature: half of all products are then zero, and half of the rest is.
        (int begin, int end) = (column.IndexOfAnyExcept(0.0), column.LastIndexOfAnyExcept(0.0) + 1);
        double norm = end == 0 ? 0 : TensorPrimitives.Norm(column[begin..end]), length = norm;
        if (!(norm > floor) || !double.IsFinite(norm))
        {
            return;
        }
        for (int i = 0; i < Rank; i++)
        {
            _r[i, Rank] = 0;
        }

        // Twice is enough (Kahan), and once where little was taken away.
        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = 0; i < Rank; i++)
            {
                (int from, int to) = _ranges[i];
                if (to <= begin || end <= from)
                {
                    continue;
                }
                Span<double> other = _q[i].AsSpan(from..to), own = q.AsSpan(from..to);
                double projection = TensorPrimitives.Dot<double>(other, own);
                TensorPrimitives.MultiplyAdd(other, -projection, own, own);
                _r[i, Rank] += projection;
                (begin, end) = (Math.Min(begin, from), Math.Max(end, to));
            }
            double left = TensorPrimitives.Norm<double>(q.AsSpan(begin..end));
            bool isEnough = left > 0.7 * length;
            length = left;
            if (isEnough)
            {
                break;
            }
        }
        if (!(length > Dependent * norm) || !(length > floor))
        {
            return;
        }
        TensorPrimitives.Divide(q.AsSpan(begin..end), length, q.AsSpan(begin..end));
        _r[Rank, Rank] = length;
        _ranges[Rank] = (begin, end);
        _columns[Rank++] = index;
    }

    /// <summary>Computes Q'v.</summary>
    public void Project(ReadOnlySpan<double> v, Span<double> projections)
    {
        for (int j = 0; j < Rank; j++)
        {
            (int begin, int end) = _ranges[j];
            projections[j] = TensorPrimitives.Dot(_q[j].AsSpan(begin..end), v[begin..end]);
        }
    }

    /// <summary>Multiplies v by the inverse of R, in place.</summary>
    public void SolveUpper(Span<double> v)
    {
        for (int j = Rank - 1; j >= 0; j--)
        {
            v[j] /= _r[j, j];
            for (int i = 0; i < j; i++)
            {
                v[i] -= _r[i, j] * v[j];
            }
        }
    }

    /// <summary>Multiplies v' by the inverse of R from the right, in place.</summary>
    public void SolveLeft(Span<double> v)
    {
        for (int j = 0; j < Rank; j++)
        {
            for (int i = 0; i < j; i++)
            {
                v[j] -= v[i] * _r[i, j];
            }
            v[j] /= _r[j, j];
        }
    }

    /// <summary>Puts the coefficients of independent columns to where the columns are.</summary>
    public void Spread(ReadOnlySpan<double> values, Span<double> s)
    {
        s[..Columns].Clear();
        for (int j = 0; j < Rank; j++)
        {
            s[_columns[j]] = values[j];
        }
    }
}
