// SPDX-License-Identifier: MIT
using Microsoft.ML;
using MLNetExtensions.Trainers.SaddlePoint;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Auc;

/// <summary>What the trainer refuses, and what it says.</summary>
public sealed class AucSaddleBadInputTests
{
    private static readonly MLContext Ml = new(seed: 1);

    private static readonly Dictionary<string, (Func<AucSaddleOptions> Make, string Says)> Options = new()
    {
        ["no features' name"] = (() => new() { FeatureColumnName = "" }, "needs a name"),
        ["no label's name"] = (() => new() { LabelColumnName = null! }, "needs a name"),
        ["no score's name"] = (() => new() { ScoreColumnName = "" }, "needs a name"),
        ["no probability's name"] = (() => new() { ProbabilityColumnName = "" }, "needs a name"),
        ["no predicted label's name"] = (() => new() { PredictedLabelColumnName = "" }, "needs a name"),
        ["a negative penalty"] = (() => new() { L2Regularization = -1 }, "L2Regularization must be finite and at least 0"),
        ["an infinite penalty"] = (() => new() { L2Regularization = double.PositiveInfinity }, "L2Regularization must be finite and at least 0"),
        ["a tolerance of zero"] = (() => new() { Tolerance = 0 }, "Tolerance must be finite and above 0"),
        ["a tolerance that is no number"] = (() => new() { Tolerance = double.NaN }, "Tolerance must be finite and above 0"),
        ["no passes"] = (() => new() { MaxPasses = 0 }, "MaxPasses must be at least 1"),
        ["no memory"] = (() => new() { Memory = 0 }, "Memory must be at least 1"),
        ["all rows held out"] = (() => new() { ValidationFraction = 1 }, "ValidationFraction must be at least 0 and less than 1"),
        ["negative threads"] = (() => new() { Threads = -1 }, "Threads must be at least 0"),
        ["no scoring"] = (() => new() { Scoring = null! }, "value"),
    };

    public static TheoryData<string> Refused => [.. Options.Keys];

    [Theory]
    [MemberData(nameof(Refused))]
    public void Options_are_checked_where_they_are_set(string name) => Refuse(Options[name].Says, () => Options[name].Make());

    [Fact]
    public void No_rows() => Refuse("no rows", () => Fit(Rows.Of([], _ => true)));

    [Fact]
    public void One_class() => Refuse("negative (column 'Label'); rows of both classes", () => Fit(Rows.Of([[1, 2], [3, 4]], _ => true)));

    [Fact]
    public void Weights_of_zero()
    {
        AucSaddleOptions options = new() { ExampleWeightColumnName = "Number" };

        Refuse("add up to 0; a positive number is needed (column 'Number')", () => Fit(Rows.Of([[1], [2]], row => row == 0, number: _ => 0), options));
        Refuse("positive (column 'Label'); rows of both classes", () => Fit(Rows.Of([[1], [2]], row => row == 0), options));
        Refuse("'Number'", () => Fit(Rows.Of([[1], [2]], row => row == 0, number: row => -row), options));
    }

    [Fact]
    public void Features_that_are_all_zero() => Refuse("column 'Features'", () => Fit(Rows.Of([[0, 0], [0, 0]], row => row == 0)));

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Features_that_are_not_finite(float value) =>
        Assert.Contains("ow 2", Refuse("'Features'", () => Fit(Rows.Of([[1, 2], [3, 4], [5, value]], row => row == 0))), StringComparison.Ordinal);

    [Fact]
    public void Features_too_small_for_weights_of_Single() =>
        Refuse("weight of feature 0 would be", () => Fit(Rows.Of([[1e-42f], [2e-42f], [2.5e-42f]], row => row > 0), new AucSaddleOptions { L2Regularization = 0 }));

    [Fact]
    public void Two_columns_of_one_name() => Refuse("'Score'", () => Ml.BinaryClassification.Trainers.AucSaddle(new AucSaddleOptions { ProbabilityColumnName = "Score" }));

    [Fact]
    public void Nothing()
    {
        Assert.Throws<ArgumentNullException>(() => Ml.BinaryClassification.Trainers.AucSaddle(options: null!));
        Assert.Throws<ArgumentNullException>(() => Fit(null!));
    }

    [Fact]
    public void A_cancelled_training_ends()
    {
        using CancellationTokenSource source = new();
        CancelAtOnce progress = new(source);

        Assert.Throws<OperationCanceledException>(() => Fit(Rows.Draw(200), new AucSaddleOptions { Progress = progress, CancellationToken = source.Token }));
        Assert.Equal(1, progress.Seen);
    }

    private static AucSaddleTransformer Fit(IDataView rows, AucSaddleOptions? options = null) => Ml.BinaryClassification.Trainers.AucSaddle(options ?? new()).Fit(rows);

    private static string Refuse(string says, Action action)
    {
        string message = Assert.ThrowsAny<ArgumentException>(action).Message;
        Assert.Contains(says, message, StringComparison.Ordinal);
        return message;
    }

    private sealed class CancelAtOnce(CancellationTokenSource source) : IProgress<SaddleProgress>
    {
        public int Seen { get; private set; }

        public void Report(SaddleProgress value)
        {
            Seen++;
            source.Cancel();
        }
    }
}
