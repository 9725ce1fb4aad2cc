// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>How fast residuals have fallen of late.</summary>
internal sealed class ResidualPace
{
    private const int Iterations = 4;
    private const int PassesAnIteration = 2;

    private readonly Queue<double> _residuals = new();
    private double _last;

    /// <summary>One more iteration.</summary>
    public void Add(double residual)
    {
        _residuals.Enqueue(residual);
        _last = residual;
        if (_residuals.Count > Iterations + 1)
        {
            _residuals.Dequeue();
        }
    }

    /// <summary>Begins anew.</summary>
    public void Clear() => _residuals.Clear();

    /// <summary>The passes to a tolerance if it goes on like this; 0 while that can't be told.</summary>
    public double PassesTo(double tolerance)
    {
        if (_residuals.Count <= Iterations || !(_last > tolerance))
        {
            return 0;
        }
        double rate = Math.Log(_residuals.Peek() / _last) / Iterations;
        return rate > 0 ? PassesAnIteration * Math.Log(_last / tolerance) / rate : double.PositiveInfinity;
    }
}
