// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

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
        double first = options.Resume?.FirstResidual ?? FirstResidual();
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
                if (iteration.IsExhausted)
                {
                    return SaddleStatus.Converged;
                }
                return options.CancellationToken.IsCancellationRequested ? SaddleStatus.Cancelled : counted.Bundles >= options.MaxBundles ? SaddleStatus.Budget : null;
            }
        }

        SaddleResult Result(SaddleStatus status, InfeasibilityCertificate? certificate)
        {
            // What the iteration says may be a sum of images; what is told is computed. The state knows nothing of it, so that who resumes does what this would have done.
            SaddleState state = new(iteration, problem.PrimalSize, first, steps, counted.Bundles);
            double residual = iteration.Residual <= goal || status == SaddleStatus.NonFinite ? iteration.Residual : Norm(iteration.Point);
            double[] point = iteration.Point.ToArray();
            return new SaddleResult(
                status, Array.AsReadOnly(point[..problem.PrimalSize]), Array.AsReadOnly(point[problem.PrimalSize..]), residual, Relative(residual),
                steps, counted.Bundles, certificate, state);
        }

        // Who starts near the solution must not be asked for more than who starts at zero.
        double FirstResidual()
        {
            double origin = options.WarmStart is null ? 0 : Norm(new double[problem.PrimalSize + problem.DualSize]);
            return double.IsFinite(origin) ? Math.Max(iteration.Residual, origin) : iteration.Residual;
        }

        double Norm(ReadOnlySpan<double> point)
        {
            double[] field = new double[point.Length];
            counted.Field(point, field);
            return TensorPrimitives.Norm<double>(field);
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
        if ((options.Resume ?? options.WarmStart) is { } state)
        {
            int dualSize = state.Iteration.Point.Length - state.PrimalSize;
            if (state.PrimalSize != problem.PrimalSize || dualSize != problem.DualSize)
            {
                throw new ArgumentException($"The earlier solve was of {state.PrimalSize} and {dualSize} variables; this problem has {problem.PrimalSize} and {problem.DualSize}.", nameof(options));
            }
            if (options.Start is not null)
            {
                throw new ArgumentException($"Both {nameof(options.Start)} and an earlier solve are set; one of them says where to begin.", nameof(options));
            }
        }
        if (options.Start is { } start && (start.Count != size || !start.All(double.IsFinite)))
        {
            throw new ArgumentException($"The start must be {size} finite numbers, x and then y; {start.Count} were given.", nameof(options));
        }
    }
}
