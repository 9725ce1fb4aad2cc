// SPDX-License-Identifier: MIT
using System.Diagnostics;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.Predictions;

namespace MLNetExtensions.Trainers.SaddlePoint.Auc;

/// <summary>Trains a linear model by the area under the ROC curve, without ML.NET.</summary>
internal static class AucSaddleTraining
{
    // One for each product; in the end rows are scored once more.
    private const int PassesOfBundle = 2;

    /// <summary>Trains, measures and calibrates.</summary>
    /// <param name="rows">The rows, those that will be held out included; labels are 1 and 0.</param>
    /// <param name="options">How to train; names of columns are for messages.</param>
    /// <exception cref="ArgumentException">The rows can't be trained on.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static AucSaddleResult Run(TrainingRows rows, AucSaddleOptions options)
    {
        AucRowChecks.Rows(rows, options);
        var (training, heldOut) = new RowSplit(options.ValidationFraction, (ulong)options.Seed).Of(rows);
        AucRowChecks.Training(training, options);
        using ThreadTeam team = new(ThreadTeam.CountOf(options.Threads));
        var moments = ClassMoments.Of(training, team);
        AucSaddleProblem problem = new(training, moments, options.L2Regularization, isPreconditioned: true, team);
        var solved = SaddleSolver.Solve(problem, new SaddleSolverOptions
        {
            Method = Method(options),
            RelativeTolerance = options.Tolerance,
            MaxBundles = Math.Max(1, (options.MaxPasses - ClassMoments.Passes) / PassesOfBundle),
            Progress = options.Progress,
            CancellationToken = options.CancellationToken,
        });
        options.CancellationToken.ThrowIfCancellationRequested();
        double[] direction = problem.WeightsAt([.. solved.Primal, .. solved.Dual]);
        // Halfway between the classes: scores that lie around zero keep their digits as floats.
        double middle = direction.Select((weight, j) => weight * 0.5 * (moments.PositiveMean[j] + moments.NegativeMean[j])).Sum();
        double[] scores = Scores(training, direction, middle, team), others = Scores(heldOut, direction, middle, team);
        var calibration = Calibrate(others, heldOut) is { Slope: > 0 } measured ? measured : Calibrate(scores, training) ?? throw new UnreachableException("Rows that were trained on have both classes.");
        AucSaddleSummary summary = new(
            solved.Status, solved.RelativeResidual, solved.Iterations, ClassMoments.Passes + (PassesOfBundle * solved.Bundles) + 1,
            RocArea.Of(scores, training.Labels, training.Weights), RocArea.Of(others, heldOut.Labels, heldOut.Weights), training.Count, heldOut.Count);
        float[] weights = [.. direction.Select(weight => (float)(calibration.Slope * weight))];
        float bias = (float)(calibration.Offset - (calibration.Slope * middle));
        AucRowChecks.Model(weights, bias, options);
        return new AucSaddleResult(direction, weights, bias, summary);
    }

    /// <summary>How the saddle is solved. The dual is a single number: split gradients lose nothing there, and take fewer steps than conjugate directions.</summary>
    public static SequentialSubspace Method(AucSaddleOptions options) => new() { Memory = options.Memory, ConjugateDirections = false };

    private static double[] Scores(TrainingRows rows, double[] direction, double middle, ThreadTeam team)
    {
        const int ChunkRows = 1 << 12;
        double[] scores = new double[rows.Count];
        team.Run((scores.Length + ChunkRows - 1) / ChunkRows, chunk =>
        {
            for (int row = chunk * ChunkRows; row < Math.Min(scores.Length, (chunk + 1) * ChunkRows); row++)
            {
                scores[row] = rows[row].Dot(direction) - middle;
            }
        });
        return scores;
    }

    private static ScoreCalibration? Calibrate(double[] scores, TrainingRows rows) =>
        PlattScaling.Fit(Array.ConvertAll(scores, score => (float)score), rows.Labels.ToArray(), rows.Weights.ToArray());
}
