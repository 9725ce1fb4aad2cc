// SPDX-License-Identifier: MIT
using System.Globalization;
using MLNetExtensions.Networks.Losses;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SubspaceSgd.Models;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>What will be done, after everything was checked and the ranks have agreed on it.</summary>
internal sealed class TrainingSetup
{
    private const int DefaultWorkers = 4, DefaultBatchSize = 256, LeastBatchSize = 16;

    // Few rows make steps of few rows, so that an epoch has enough of them.
    private const int StepsPerEpoch = 32;

    private TrainingSetup(RankGroup ranks, SubspaceSgdOptions options, ILoss loss, TargetCoding coding, RowAssignment assignment, TrainingPlan plan, string description)
    {
        Ranks = ranks;
        Options = options;
        Loss = loss;
        Coding = coding;
        Assignment = assignment;
        Plan = plan;
        Description = description;
    }

    public RankGroup Ranks { get; }

    public SubspaceSgdOptions Options { get; }

    public ILoss Loss { get; }

    public TargetCoding Coding { get; }

    public RowAssignment Assignment { get; }

    public TrainingPlan Plan { get; }

    /// <summary>What a checkpoint must agree with.</summary>
    public string Description { get; }

    public required ITrainableModel Model { get; init; }

    public required IShardedRows Rows { get; init; }

    /// <summary>The rows to measure the loss on.</summary>
    public required IShardedRows Validation { get; init; }

    /// <summary>How many of those there are, over all ranks.</summary>
    public required long ValidationRows { get; init; }

    /// <summary>The factor that makes the mean weight of the rows to train on 1.</summary>
    public required double WeightScale { get; init; }

    /// <summary>The mean loss of scores that are zero.</summary>
    public required double LossOfZero { get; init; }

    /// <summary>Checks and agrees.</summary>
    /// <exception cref="ArgumentException">Rows and options don't belong together.</exception>
    public static TrainingSetup Of(TrainingTask task, TrainingData rows, TrainingData? validation, int outputs, SubspaceSgdOptions options, RankGroup ranks)
    {
        options.Validate();
        SetupChecks.Options(task, rows, validation, outputs, options);
        var loss = options.Loss ?? DefaultLoss(task);
        string description = TrainingDescription.Of(task, rows.Features, outputs, loss.ToString()!, options);
        ITrainableModel model = options.Network is { } network ? new NetworkModel(network, rows.Features, outputs) : new LinearModel(rows.Features, outputs);
        SetupChecks.SameEverywhere(ranks, rows, outputs, model, description, options);

        TargetCoding coding = new(task, outputs, loss, options.ClassWeights);
        ulong seed = (ulong)options.Seed;
        int workers = options.Workers ?? (ranks.Size > 1 ? ranks.Size : (int)Math.Min(DefaultWorkers, rows.Count));
        SetupChecks.Curvature(loss, (rows.Features + 1L) * outputs, workers, ranks.Size, options);
        var cancel = options.CancellationToken;
        RowAssignment assignment = new(workers / ranks.Size, ranks.Rank, ranks.Size, options.ValidationFraction, seed);
        RowAssignment measured = new(1, ranks.Rank, ranks.Size, heldOut: 1, seed);
        var (census, measuredCensus) = ranks.Together(() =>
        {
            var counted = RowCensus.Take(rows, task, outputs, coding, assignment, cancel);
            while (options.Workers is null && ranks.Size == 1 && workers > 1 && counted.Shards.Contains(0))
            {
                // Few rows, some of them held out.
                assignment = new(--workers, ranks.Rank, ranks.Size, options.ValidationFraction, seed);
                counted = RowCensus.Take(rows, task, outputs, coding, assignment, cancel);
            }
            return (counted, validation is null ? counted : RowCensus.Take(validation, task, outputs, coding, measured, cancel));
        });

        var totals = RankTotals.Of(ranks, census, measuredCensus, rows.IsAllZero);
        SetupChecks.Totals(totals, task, workers, options);
        if (task == TrainingTask.Regression && options.StandardizeLabels)
        {
            loss = new StandardizedLoss(loss, totals.Labels.Mean, totals.Labels.Deviation);
        }
        double[] lossOfZero = [ranks.Together(() => ZeroScoreLoss.Sum(rows, outputs, loss, coding, assignment, cancel))];
        ranks.Sum(lossOfZero);
        int batch = options.BatchSize ?? (int)Math.Min(totals.Rows, Math.Max(Math.Clamp(totals.Rows / StepsPerEpoch, LeastBatchSize, DefaultBatchSize), workers));
        TrainingPlan plan = new(totals.Shards, batch, options.GradientAccumulation);
        var shards = ShardedRows.Of(rows, assignment, census, seed, cancel);
        int parameters = model.Tensors.Sum(tensor => tensor.Length);
        description = string.Create(
            CultureInfo.InvariantCulture,
            $"{description}; tensors {TrainingDescription.Of(model)}, remembered {options.Optimizer.StateLength(parameters)} and {options.Aggregator.StateLength(workers)}; {totals}, {TrainingDescription.Of(rows)}");
        return new TrainingSetup(ranks, options, loss, coding, assignment, plan, description)
        {
            Model = model,
            Rows = shards,
            Validation = validation is null ? shards : ShardedRows.Of(validation, measured, measuredCensus, seed, cancel),
            ValidationRows = totals.ValidationRows,
            WeightScale = totals.Rows / totals.Labels.Weight,
            LossOfZero = lossOfZero[0] / totals.Labels.Weight,
        };
    }

    private static ILoss DefaultLoss(TrainingTask task) => task switch
    {
        TrainingTask.Regression => new Squared(),
        TrainingTask.BinaryClassification => new Logistic(),
        _ => new SoftmaxCrossEntropy(),
    };
}
