// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks.Optimizers;
using MLNetExtensions.Networks.Schedules;
using MLNetExtensions.Pipelines;
using MLNetExtensions.Trainers.SubspaceSgd;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using MLNetExtensions.Trainers.SubspaceSgd.Collectives;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd;

public sealed class SubspaceSgdOptionsTests
{
    private static readonly Dictionary<string, object?> Defaults = new()
    {
        [nameof(SubspaceSgdOptions.FeatureColumnName)] = "Features",
        [nameof(SubspaceSgdOptions.LabelColumnName)] = "Label",
        [nameof(SubspaceSgdOptions.ExampleWeightColumnName)] = null,
        [nameof(SubspaceSgdOptions.ScoreColumnName)] = "Score",
        [nameof(SubspaceSgdOptions.ProbabilityColumnName)] = "Probability",
        [nameof(SubspaceSgdOptions.PredictedLabelColumnName)] = "PredictedLabel",
        [nameof(SubspaceSgdOptions.Network)] = null,
        [nameof(SubspaceSgdOptions.Loss)] = null,
        [nameof(SubspaceSgdOptions.StandardizeLabels)] = true,
        [nameof(SubspaceSgdOptions.Workers)] = null,
        [nameof(SubspaceSgdOptions.BatchSize)] = null,
        [nameof(SubspaceSgdOptions.GradientAccumulation)] = 1,
        [nameof(SubspaceSgdOptions.Epochs)] = 30,
        [nameof(SubspaceSgdOptions.Aggregator)] = new AdaptiveConsensus(),
        [nameof(SubspaceSgdOptions.Granularity)] = AggregationGranularity.Model,
        [nameof(SubspaceSgdOptions.Optimizer)] = new Adam(),
        [nameof(SubspaceSgdOptions.LearningRate)] = null,
        [nameof(SubspaceSgdOptions.Schedule)] = new LinearDecay(),
        [nameof(SubspaceSgdOptions.MaximumGradientNorm)] = null,
        [nameof(SubspaceSgdOptions.L1Regularization)] = 0f,
        [nameof(SubspaceSgdOptions.L2Regularization)] = null,
        [nameof(SubspaceSgdOptions.ClassWeights)] = null,
        [nameof(SubspaceSgdOptions.ValidationFraction)] = 0.0,
        [nameof(SubspaceSgdOptions.EarlyStopping)] = null,
        [nameof(SubspaceSgdOptions.RestoreBest)] = true,
        [nameof(SubspaceSgdOptions.Threads)] = 0,
        [nameof(SubspaceSgdOptions.Seed)] = 1,
        [nameof(SubspaceSgdOptions.MaxCacheBytes)] = 2L << 30,
        [nameof(SubspaceSgdOptions.Collective)] = null,
        [nameof(SubspaceSgdOptions.MaxCurvatureExchangeBytes)] = 64L << 20,
        [nameof(SubspaceSgdOptions.CheckpointPath)] = null,
        [nameof(SubspaceSgdOptions.CheckpointEpochs)] = 1,
        [nameof(SubspaceSgdOptions.Scoring)] = new OnnxScoringOptions().ToString(),
        [nameof(SubspaceSgdOptions.Progress)] = null,
        [nameof(SubspaceSgdOptions.CancellationToken)] = CancellationToken.None,
    };

    private static readonly Dictionary<string, (Func<SubspaceSgdOptions> Make, string Says)> Refused = new()
    {
        ["no features' name"] = (() => new() { FeatureColumnName = "" }, "needs a name"),
        ["no label's name"] = (() => new() { LabelColumnName = "" }, "needs a name"),
        ["no score's name"] = (() => new() { ScoreColumnName = "" }, "needs a name"),
        ["no probability's name"] = (() => new() { ProbabilityColumnName = "" }, "needs a name"),
        ["no predicted label's name"] = (() => new() { PredictedLabelColumnName = null! }, "needs a name"),
        ["no workers"] = (() => new() { Workers = 0 }, "Workers must be at least 1, or null"),
        ["no batch"] = (() => new() { BatchSize = 0 }, "BatchSize must be at least 1, or null"),
        ["no accumulation"] = (() => new() { GradientAccumulation = 0 }, "GradientAccumulation must be at least 1"),
        ["no epochs"] = (() => new() { Epochs = 0 }, "Epochs must be at least 1"),
        ["no aggregator"] = (() => new() { Aggregator = null! }, "value"),
        ["no optimiser"] = (() => new() { Optimizer = null! }, "value"),
        ["no schedule"] = (() => new() { Schedule = null! }, "value"),
        ["no scoring"] = (() => new() { Scoring = null! }, "value"),
        ["a learning rate of zero"] = (() => new() { LearningRate = 0 }, "LearningRate must be positive, or null"),
        ["an infinite learning rate"] = (() => new() { LearningRate = float.PositiveInfinity }, "LearningRate must be positive, or null"),
        ["a learning rate that is no number"] = (() => new() { LearningRate = float.NaN }, "LearningRate must be positive, or null"),
        ["a gradient norm of zero"] = (() => new() { MaximumGradientNorm = 0 }, "MaximumGradientNorm must be positive, or null"),
        ["a gradient norm that is no number"] = (() => new() { MaximumGradientNorm = float.NaN }, "MaximumGradientNorm must be positive, or null"),
        ["a negative L1"] = (() => new() { L1Regularization = -1 }, "L1Regularization must be at least 0"),
        ["an infinite L1"] = (() => new() { L1Regularization = float.PositiveInfinity }, "L1Regularization must be at least 0"),
        ["a negative L2"] = (() => new() { L2Regularization = -1 }, "L2Regularization must be at least 0"),
        ["an L2 that is no number"] = (() => new() { L2Regularization = float.NaN }, "L2Regularization must be at least 0"),
        ["a gradient norm without end"] = (() => new() { MaximumGradientNorm = float.PositiveInfinity }, "MaximumGradientNorm must be positive, or null"),
        ["a granularity that is none"] = (() => new() { Granularity = (AggregationGranularity)7 }, "Granularity must be one of those that there are"),
        ["class weights of zero"] = (() => new() { ClassWeights = [0, 0] }, "Class weights must be finite"),
        ["one class weight"] = (() => new() { ClassWeights = [1] }, "Class weights must be finite"),
        ["a negative class weight"] = (() => new() { ClassWeights = [1, -1] }, "Class weights must be finite"),
        ["an infinite class weight"] = (() => new() { ClassWeights = [1, float.PositiveInfinity] }, "Class weights must be finite"),
        ["validation on all rows"] = (() => new() { ValidationFraction = 1 }, "ValidationFraction must be at least 0 and less than 1"),
        ["validation on no number of rows"] = (() => new() { ValidationFraction = double.NaN }, "ValidationFraction must be at least 0 and less than 1"),
        ["no patience"] = (() => new() { EarlyStopping = new() { Patience = 0 } }, "Patience must be at least one epoch"),
        ["a negative improvement"] = (() => new() { EarlyStopping = new() { MinimumImprovement = -1 } }, "can't be negative"),
        ["fewer than no threads"] = (() => new() { Threads = -1 }, "Threads must be at least 0"),
        ["no cache"] = (() => new() { MaxCacheBytes = 0 }, "MaxCacheBytes must be at least 1"),
        ["no curvature exchange"] = (() => new() { MaxCurvatureExchangeBytes = 0 }, "MaxCurvatureExchangeBytes must be at least 1"),
        ["no epochs between checkpoints"] = (() => new() { CheckpointEpochs = 0 }, "CheckpointEpochs must be at least 1"),
    };

    public static TheoryData<string> RefusedNames => [.. Refused.Keys];

    [Fact]
    public void Every_option_has_its_default()
    {
        var options = new SubspaceSgdOptions();

        Assert.Equal(Defaults.Keys.Order(), typeof(SubspaceSgdOptions).GetProperties().Select(property => property.Name).Order());
        foreach (var property in typeof(SubspaceSgdOptions).GetProperties())
        {
            // A record with a dictionary in it is compared by what it says.
            object? value = property.GetValue(options) is OnnxScoringOptions scoring ? scoring.ToString() : property.GetValue(options);
            Assert.True(Equals(Defaults[property.Name], value), $"{property.Name} is {value} by default, not {Defaults[property.Name]}");
        }
    }

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public void What_can_not_be_is_refused_where_it_is_set(string what) =>
        Assert.Contains(Refused[what].Says, Assert.ThrowsAny<ArgumentException>(() => Refused[what].Make()).Message, StringComparison.Ordinal);

    [Fact]
    public void Workers_are_the_same_on_every_rank()
    {
        var options = new SubspaceSgdOptions { Workers = 3, Collective = InProcessCollective.Create(2)[0] };

        Assert.Contains("3 workers on 2 ranks", Assert.Throws<ArgumentException>(() => new SubspaceSgdBinaryTrainer(options)).Message, StringComparison.Ordinal);
    }
}
