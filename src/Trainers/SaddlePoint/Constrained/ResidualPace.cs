// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>How fast residuals have fallen of late.</summary>
internal sealed class ResidualPace
{
    private const int Iterations = 4;
    private const int PassesAnIteration = 2;

    private readonly Queue<double> _residuals = new();

    /// <summary>One more iteration.</summary>
    public void Add(double residual)
    {
        _residuals.Enqueue(residual);
        if (_residuals.Count > Iterations)
        {
            _residuals.Dequeue();
        }
    }

    /// <summary>Begins anew.</summary>
    public void Clear() => _residuals.Clear();

    /// <summary>The passes to a tolerance if it goes on like this; 0 while that can't be told.</summary>
    public double PassesTo(double tolerance, double residual)
    {
        if (_residuals.Count < Iterations)
        {
            return 0;
        }
        double rate = Math.Log(_residuals.Peek() / residual) / Iterations;
        return rate > 0 ? PassesAnIteration * Math.Log(residual / tolerance) / rate : double.PositiveInfinity;
    }
}
