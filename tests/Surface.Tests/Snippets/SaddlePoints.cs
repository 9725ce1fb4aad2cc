// SPDX-License-Identifier: MIT
using Microsoft.ML;
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Methods;
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Surface.Tests.Snippets;

/// <summary>The code of saddle points and constraints that README.md and docs/ show. It is compiled, and SaddlePointSnippetTests runs it.</summary>
internal static class SaddlePoints
{
    public static ConstrainedLogisticRegressionTransformer FindNearlyAllPositives(MLContext ml, IDataView rows)
    {
        var trainer = ml.BinaryClassification.Trainers.ConstrainedLogisticRegression(new() { Constraints = [Constraint.MinRecall(0.95)] });
        var model = trainer.Fit(rows);
        foreach (var outcome in model.Summary.Constraints)
        {
            Console.WriteLine($"{outcome.Constraint}: {outcome.Achieved:F4}, multiplier {outcome.Surrogates[0].Multiplier:F3}");
        }
        return model;
    }

    public static ConstrainedLogisticRegressionTransformer GiveGroupsTheSameChance(MLContext ml, IDataView rows)
    {
        var trainer = ml.BinaryClassification.Trainers.ConstrainedLogisticRegression(new()
        {
            GroupColumnName = "Sex",
            Constraints = [Constraint.EqualOpportunity(0.02)],
        });
        return trainer.Fit(rows);
    }

    public static ConstrainedLogisticRegressionTransformer AskForSeveralThings(MLContext ml, IDataView rows, IDataView others, ConstrainedModel earlier)
    {
        var options = new ConstrainedLogisticRegressionOptions
        {
            GroupColumnName = "Sex",
            Constraints = [Constraint.MinRecall(0.8, group: "Female"), Constraint.MinRecall(0.8, group: "Male"), Constraint.MaxFalsePositiveRate(0.5)],
            AllowUnmet = true,
            WarmStart = earlier,
        };
        var model = ml.BinaryClassification.Trainers.ConstrainedLogisticRegression(options).Fit(rows, others);
        Console.WriteLine($"{model.Summary.Status}: {(model.Summary.IsMet ? "kept" : "not kept")} after {model.Summary.Passes} passes; held out {model.Summary.Constraints[2].HeldOut:F3}");
        return model;
    }

    public static AucSaddleTransformer RankDirectly(MLContext ml, IDataView rows)
    {
        var model = ml.BinaryClassification.Trainers.AucSaddle().Fit(rows);
        return model;
    }

    public static SaddleResult SolveAGame()
    {
        // min over x, max over y of x'A y + b'x
        var game = new BilinearSaddle(new double[,] { { 2, 1 }, { 0, 1 } }, b: [1, -1]);
        SaddleResult result = SaddleSolver.Solve(game);
        SaddleResult slower = SaddleSolver.Solve(game, new() { Method = new Extragradient { Step = 0.3 } });
        Console.WriteLine($"{result.Status} at y = ({string.Join(", ", result.Dual)}) after {result.Bundles} bundles; extragradient took {slower.Bundles}");
        return result;
    }
}
