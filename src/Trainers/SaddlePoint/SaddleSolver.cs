// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>Solves smooth saddle-point problems.</summary>
public static class SaddleSolver
{
    /// <summary>Looks for a point where the field of a problem is zero.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="options">How, and when to stop; null for the defaults.</param>
    /// <returns>The point, and why the solver ended; not to reach the tolerance is a result, not an exception.</returns>
    /// <exception cref="ArgumentException">The problem is empty, the start has another length or is not finite, or it is asked both to resume and to start warm.</exception>
    public static SaddleResult Solve(ISaddleProblem problem, SaddleSolverOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new SaddleSolverOptions();
        Check(problem, options);
        var counted = new CountedProblem(problem, options.Resume?.Bundles ?? 0);
        var iteration = Begin(counted, options);
        // Who starts near the solution must not be asked for more than who started far from it.
        double first = options.Resume?.FirstResidual ?? Math.Max(iteration.Residual, options.WarmStart?.FirstResidual ?? 0);
        double goal = options.AbsoluteTolerance + (options.RelativeTolerance * first);
        int steps = options.Resume?.Iterations ?? 0;
        while (true)
        {
            InfeasibilityCertificate? certificate = null;
            if (End() is { } status)
            {
                return Result(status, certificate);
            }
            iteration.Advance();
            steps++;
            options.Progress?.Report(new SaddleProgress(steps, counted.Bundles, Relative(iteration.Residual)));

            SaddleStatus? End()
            {
                if (!double.IsFinite(iteration.Residual))
                {
                    return SaddleStatus.NonFinite;
                }
                if (iteration.Residual <= goal)
                {
                    iteration.Refresh();
                    if (iteration.Residual <= goal)
                    {
                        return SaddleStatus.Converged;
                    }
                }
                if ((certificate = iteration.FindCertificate()) is not null)
                {
                    return SaddleStatus.InfeasibleSuspected;
                }
                return options.CancellationToken.IsCancellationRequested ? SaddleStatus.Cancelled : counted.Bundles >= options.MaxBundles ? SaddleStatus.Budget : null;
            }
        }

        SaddleResult Result(SaddleStatus status, InfeasibilityCertificate? certificate)
        {
            double[] point = iteration.Point.ToArray();
            return new SaddleResult(
                status, Array.AsReadOnly(point[..problem.PrimalSize]), Array.AsReadOnly(point[problem.PrimalSize..]), iteration.Residual, Relative(iteration.Residual),
                steps, counted.Bundles, certificate, new SaddleState(iteration, first, steps, counted.Bundles));
        }

        double Relative(double residual) => first > 0 ? residual / first : residual;
    }

    private static ISaddleIteration Begin(CountedProblem problem, SaddleSolverOptions options)
    {
        if ((options.Resume ?? options.WarmStart) is { } state)
        {
            return state.Iteration.Fork(problem, isChanged: options.WarmStart is not null);
        }
        return options.Method.Begin(problem, options.Start is { } start ? [.. start] : new double[problem.PrimalSize + problem.DualSize]);
    }

    private static void Check(ISaddleProblem problem, SaddleSolverOptions options)
    {
        if (problem.PrimalSize < 1 || problem.DualSize < 1)
        {
            throw new ArgumentException($"The problem has {problem.PrimalSize} primal and {problem.DualSize} dual variables; at least one of each is needed.", nameof(problem));
        }
        if (problem.ImagesCost < 1 || problem.Blocks < 0)
        {
            throw new ArgumentException($"Images of the problem cost {problem.ImagesCost} bundles, and it has {problem.Blocks} blocks; at least 1 and 0 are needed.", nameof(problem));
        }
        int size = problem.PrimalSize + problem.DualSize;
        if (options.Resume is not null && options.WarmStart is not null)
        {
            throw new ArgumentException($"Both {nameof(options.Resume)} and {nameof(options.WarmStart)} are set; one of them says where to begin.", nameof(options));
        }
        if ((options.Resume ?? options.WarmStart) is { } state && state.Iteration.Point.Length != size)
        {
            throw new ArgumentException($"The earlier solve was of {state.Iteration.Point.Length} variables; this problem has {size}.", nameof(options));
        }
        if (options.Start is { } start && (start.Count != size || !start.All(double.IsFinite)))
        {
            throw new ArgumentException($"The start must be {size} finite numbers, x and then y; {start.Count} were given.", nameof(options));
        }
    }
}
