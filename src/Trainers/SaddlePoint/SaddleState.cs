// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>All that a solver knows when it ends: whoever goes on from it does what the solver would have done.</summary>
public sealed class SaddleState
{
    internal SaddleState(ISaddleIteration iteration, int primalSize, double firstResidual, int iterations, long bundles)
    {
        Iteration = iteration;
        PrimalSize = primalSize;
        FirstResidual = firstResidual;
        Iterations = iterations;
        Bundles = bundles;
    }

    internal ISaddleIteration Iteration { get; }

    internal int PrimalSize { get; }

    internal double FirstResidual { get; }

    internal int Iterations { get; }

    internal long Bundles { get; }
}
