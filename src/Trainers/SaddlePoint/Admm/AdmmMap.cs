// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Trainers.SaddlePoint.Admm;

/// <summary>
/// One step of the alternating direction method of multipliers on a scaled program, as Stellato et al. state it (2020, algorithm 1), as a map of points <c>(x, v)</c> with <c>v = z + y/ρ</c>:
/// from v come <c>z = v brought between l and u</c> and <c>y = ρ (v - z)</c>, so that complementarity always holds.
/// </summary>
internal sealed class AdmmMap : ISplitMap
{
    private readonly ScaledProgram _program;
    private readonly double _sigma, _relaxation, _equalityFactor;
    private readonly double[] _rho, _solution, _rows, _columns;
    private DenseCholesky? _system;

    public AdmmMap(ScaledProgram program, AdmmOptions options)
    {
        _program = program;
        _sigma = options.Sigma;
        _relaxation = options.Relaxation;
        _equalityFactor = options.EqualityRhoFactor;
        _rho = new double[Rows];
        _rows = new double[Rows];
        _solution = new double[Variables];
        _columns = new double[Variables];
        _system = Factor(options.Rho);
    }

    public int Variables => _program.Linear.Length;

    public int Rows => _program.Lower.Length;

    /// <summary>The penalty of rows that are no equalities.</summary>
    public double Rho { get; private set; }

    /// <summary>The squared norm in which steps don't expand distances: σ for x, the row's ρ for v.</summary>
    public void Weights(Span<double> weights)
    {
        weights[..Variables].Fill(_sigma);
        _rho.CopyTo(weights[Variables..]);
    }

    /// <summary>T; all NaN if the matrix had no factors in double precision.</summary>
    public void Apply(ReadOnlySpan<double> point, Span<double> image)
    {
        if (_system is null)
        {
            image.Fill(double.NaN);
            return;
        }
        ReadOnlySpan<double> x = point[..Variables], v = point[Variables..];
        // (P + σI + A' ρ A) x~ = σ x - q + A' (ρ z - y), where ρ z - y = ρ (2z - v).
        for (int i = 0; i < v.Length; i++)
        {
            _rows[i] = _rho[i] * ((2 * Between(i, v[i])) - v[i]);
        }
        _program.Constraints.MultiplyTransposed(_rows, _solution);
        for (int i = 0; i < x.Length; i++)
        {
            _solution[i] += (_sigma * x[i]) - _program.Linear[i];
        }
        _system.Solve(_solution);
        _program.Constraints.Multiply(_solution, _rows);
        for (int i = 0; i < x.Length; i++)
        {
            image[i] = (_relaxation * _solution[i]) + ((1 - _relaxation) * x[i]);
        }
        Span<double> next = image[Variables..];
        for (int i = 0; i < v.Length; i++)
        {
            // α z~ + (1 - α) z + y/ρ, where y/ρ = v - z.
            next[i] = (_relaxation * _rows[i]) + v[i] - (_relaxation * Between(i, v[i]));
        }
    }

    /// <summary>Row i's value brought between its bounds.</summary>
    public double Between(int row, double value) => Math.Min(Math.Max(value, _program.Lower[row]), _program.Upper[row]);

    public bool IsDual(int index, double value) => index >= Variables && Between(index - Variables, value) != value;

    /// <summary>x, z and y of a point, in scaled units.</summary>
    public void ReadScaled(ReadOnlySpan<double> point, Span<double> x, Span<double> z, Span<double> y)
    {
        point[..Variables].CopyTo(x);
        for (int i = 0; i < z.Length; i++)
        {
            double v = point[Variables + i];
            z[i] = Between(i, v);
            y[i] = _rho[i] * (v - z[i]);
        }
    }

    /// <summary>x, z and y of a point, in the original's units.</summary>
    public void Read(ReadOnlySpan<double> point, Span<double> x, Span<double> z, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = point[i] * _program.Columns[i];
        }
        for (int i = 0; i < z.Length; i++)
        {
            double v = point[Variables + i], inside = Between(i, v);
            z[i] = inside / _program.Rows[i];
            y[i] = _rho[i] * (v - inside) * _program.Rows[i] / _program.Cost;
        }
    }

    /// <summary>The point of x and y in the original's units, with <c>z = Ax</c> between the bounds.</summary>
    public void Write(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> point)
    {
        for (int i = 0; i < x.Length; i++)
        {
            point[i] = x[i] / _program.Columns[i];
        }
        _program.Constraints.Multiply(point[..Variables], _rows);
        for (int i = 0; i < y.Length; i++)
        {
            point[Variables + i] = Between(i, _rows[i]) + (y[i] * _program.Cost / (_program.Rows[i] * _rho[i]));
        }
    }

    /// <summary>Changes the penalty; z and y of the point stay.</summary>
    /// <returns>Whether the matrix has factors in double precision with it; else all stays as it was.</returns>
    public bool ChangeRho(double rho, Span<double> point)
    {
        Span<double> v = point[Variables..];
        double[] old = [.. _rho];
        double before = Rho;
        if (Factor(rho) is not { } system)
        {
            Rho = before;
            old.CopyTo(_rho, 0);
            return false;
        }
        _system = system;
        for (int i = 0; i < v.Length; i++)
        {
            double inside = Between(i, v[i]);
            v[i] = inside + ((v[i] - inside) * old[i] / _rho[i]);
        }
        return true;
    }

    // Sets the penalties and factors their matrix.
    private DenseCholesky? Factor(double rho)
    {
        Rho = Math.Clamp(rho, AdmmOptions.SmallestRho, AdmmOptions.LargestRho);
        for (int i = 0; i < Rows; i++)
        {
            double width = _program.Upper[i] - _program.Lower[i];
            _rho[i] = double.IsInfinity(_program.Lower[i]) && double.IsInfinity(_program.Upper[i]) ? AdmmOptions.SmallestRho
                : width < 1e-4 ? Math.Clamp(Rho * _equalityFactor, AdmmOptions.SmallestRho, AdmmOptions.LargestRho) : Rho;
        }
        int size = Variables;
        double[] matrix = new double[size * size];
        foreach ((int row, int column, double value) in _program.Hessian.Entries())
        {
            matrix[(row * size) + column] += value;
        }
        SparseMatrix constraints = _program.Constraints;
        for (int row = 0; row < Rows; row++)
        {
            var columns = constraints.ColumnOf[constraints.Starts[row]..constraints.Starts[row + 1]];
            var values = constraints.Values[constraints.Starts[row]..constraints.Starts[row + 1]];
            for (int i = 0; i < columns.Length; i++)
            {
                double factor = _rho[row] * values[i];
                for (int j = 0; j < columns.Length; j++)
                {
                    matrix[(columns[i] * size) + columns[j]] += factor * values[j];
                }
            }
        }
        for (int i = 0; i < size; i++)
        {
            matrix[(i * size) + i] += _sigma;
        }
        return DenseCholesky.TryFactor(matrix, size);
    }
}
