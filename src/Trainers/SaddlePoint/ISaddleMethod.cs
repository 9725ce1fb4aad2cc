// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>A method for saddle-point problems; <see cref="SaddleSolver"/> runs it, counts its work and decides when it ends.</summary>
public interface ISaddleMethod
{
    /// <summary>What it is called in tables.</summary>
    string Name { get; }

    /// <summary>Begins at a point.</summary>
    /// <param name="problem">The problem; whatever is asked of it is counted.</param>
    /// <param name="start">x, then y.</param>
    ISaddleIteration Begin(ISaddleProblem problem, ReadOnlySpan<double> start);
}
