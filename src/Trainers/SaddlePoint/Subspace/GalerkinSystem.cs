// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Subspace;

/// <summary>
/// The linearised problem restricted to a span with orthonormal bases P of x and Q of y: <c>W'(F + J W a) + τ a = 0</c> with W = diag(P, Q). It is the condition of a saddle
/// point of f there with the proximal terms <c>τ/2 ‖·‖²</c> and <c>-τ/2 ‖·‖²</c>; where f is convex-concave and τ positive there is exactly one.
/// </summary>
internal sealed class GalerkinSystem(int primalSize, int dualSize, int capacity)
{
    private readonly ThinQr _primal = new(primalSize, capacity);
    private readonly ThinQr _dual = new(dualSize, capacity);
    private readonly double[] _matrix = new double[4 * capacity * capacity];
    private readonly double[] _unknowns = new double[2 * capacity];
    private readonly double[] _side = new double[capacity];

    /// <summary>Finds the coefficients of the directions, those of x and of y in turn.</summary>
    /// <param name="directions">The directions.</param>
    /// <param name="field">F.</param>
    /// <param name="weight">τ.</param>
    /// <param name="floor">The norm at which a matrix counts as zero.</param>
    /// <param name="coefficients">Two for each direction.</param>
    /// <returns>Whether the small system is regular.</returns>
    public bool Solve(List<SplitDirection> directions, ReadOnlySpan<double> field, double weight, double floor, Span<double> coefficients)
    {
        _primal.Clear();
        _dual.Clear();
        foreach (SplitDirection direction in directions)
        {
            _primal.Add(direction.Primal, 0);
            _dual.Add(direction.Dual, 0);
        }
        int split = _primal.Rank, size = split + _dual.Rank;
        Span<double> a = _unknowns.AsSpan(0, size);
        _primal.Project(field[..primalSize], a[..split]);
        _dual.Project(field[primalSize..], a[split..]);
        TensorPrimitives.Negate<double>(a, a);
        for (int i = 0; i < size; i++)
        {
            FillRow(directions, i, size);
            _matrix[(i * size) + i] += weight;
        }
        if (!(Math.Abs(TensorPrimitives.MaxMagnitude<double>(_matrix.AsSpan(0, Math.Max(1, size * size)))) > floor) || !SmallSystem.Solve(_matrix, a))
        {
            return false;
        }
        Spread(_primal, a[..split], coefficients, 0);
        Spread(_dual, a[split..], coefficients, 1);
        return true;
    }

    // Row i of W'J W: products of the i-th basis vector with the images of the directions, times the inverse of R.
    private void FillRow(List<SplitDirection> directions, int i, int size)
    {
        int split = _primal.Rank;
        bool isPrimal = i < split;
        ReadOnlySpan<double> basis = isPrimal ? _primal.Q(i) : _dual.Q(i - split);
        Span<double> row = _matrix.AsSpan(i * size, size);
        for (int j = 0; j < size; j++)
        {
            double[] image = j < split ? directions[_primal.Column(j)].PrimalImage : directions[_dual.Column(j - split)].DualImage;
            row[j] = TensorPrimitives.Dot(basis, isPrimal ? image.AsSpan(0, primalSize) : image.AsSpan(primalSize));
        }
        _primal.SolveLeft(row[..split]);
        _dual.SolveLeft(row[split..]);
    }

    private void Spread(ThinQr side, Span<double> values, Span<double> coefficients, int offset)
    {
        side.SolveUpper(values);
        side.Spread(values, _side);
        for (int i = 0; i < side.Columns; i++)
        {
            coefficients[(2 * i) + offset] = _side[i];
        }
    }
}
