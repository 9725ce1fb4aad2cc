// SPDX-License-Identifier: MIT
using System.Globalization;
using MLNetExtensions.Networks.Losses;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using MLNetExtensions.Trainers.SubspaceSgd.Models;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>What must be true before training begins.</summary>
internal static class SetupChecks
{
    private const int MostWorkers = 1024;

    /// <summary>Of one process's rows and options.</summary>
    public static void Options(TrainingTask task, TrainingData rows, TrainingData? validation, int outputs, SubspaceSgdOptions options)
    {
        if (task != TrainingTask.MulticlassClassification && outputs != 1)
        {
            throw new ArgumentException($"{outputs} outputs are asked for; {task} has 1.", nameof(outputs));
        }
        if (task == TrainingTask.MulticlassClassification && outputs < 2)
        {
            throw new ArgumentException($"{outputs} classes can't be told apart; at least 2 are needed.", nameof(outputs));
        }
        if (rows.Count == 0)
        {
            throw new ArgumentException("There are no rows to train on.", nameof(rows));
        }
        if (options.Workers > rows.Count * Math.Max(1, options.Collective?.Size ?? 1))
        {
            throw new ArgumentException($"There are {options.Workers} workers and {rows.Count} rows{(options.Collective is { Size: > 1 } ? " on this rank" : "")}. Make {nameof(options.Workers)} smaller, or null to let it follow the rows.", nameof(options));
        }
        if (options.Workers > MostWorkers)
        {
            throw new ArgumentException($"There are {options.Workers} workers; at most {MostWorkers} are possible, since each step looks at every pair of them.", nameof(options));
        }
        if ((rows.Features + 1L) * outputs > Array.MaxLength)
        {
            throw new ArgumentException($"{rows.Features} features times {outputs} outputs are more parameters than fit into one vector ({Array.MaxLength}). Take fewer features, such as by hashing.", nameof(rows));
        }
        CheckLoss(task, options.Loss);
        if (validation is not null && validation.Features != rows.Features)
        {
            throw new ArgumentException($"Validation rows have {validation.Features} features, rows to train on {rows.Features}; they must be alike.", nameof(validation));
        }
        if (validation is not null && options.ValidationFraction > 0)
        {
            throw new ArgumentException($"Validation rows are passed, and {nameof(options.ValidationFraction)} holds out others. Choose one.", nameof(validation));
        }
        if (options.CheckpointPath is { } checkpoint && (Directory.Exists(checkpoint) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(checkpoint)))))
        {
            throw new ArgumentException($"{nameof(options.CheckpointPath)} is '{checkpoint}', which must be a file in a folder that exists. Create the folder, or name another.", nameof(options));
        }
        int classes = Math.Max(2, outputs);
        if (options.ClassWeights is { } weights && (task == TrainingTask.Regression || weights.Count != classes))
        {
            throw new ArgumentException($"There are {weights.Count} class weights; {(task == TrainingTask.Regression ? "regression has no classes" : $"there are {classes} classes")}.", nameof(options));
        }
    }

    private static void CheckLoss(TrainingTask task, ILoss? loss)
    {
        string? need = (task, loss) switch
        {
            (TrainingTask.Regression, Logistic or Hinge or SmoothedHinge or SoftmaxCrossEntropy) => "tells classes apart; a regression needs a loss of numbers, such as Squared or Huber",
            (TrainingTask.BinaryClassification, SoftmaxCrossEntropy) => "compares the scores of classes with each other; two classes have one score, so use Logistic",
            _ => null,
        };
        if (need is not null)
        {
            throw new ArgumentException($"The loss {loss!.GetType().Name} {need}.", nameof(loss));
        }
    }

    /// <summary>That an aggregator gets the curvature that it needs.</summary>
    public static void Curvature(ILoss loss, long parameters, int workers, int ranks, SubspaceSgdOptions options)
    {
        string name = options.Aggregator.GetType().Name;
        if (!options.Aggregator.NeedsCurvature)
        {
            return;
        }
        if (options.Granularity != AggregationGranularity.Model)
        {
            throw new ArgumentException($"{name} chooses coefficients for the whole model. Set {nameof(options.Granularity)} to {AggregationGranularity.Model}.", nameof(options));
        }
        if (options.Network is not null)
        {
            throw new ArgumentException($"{name} needs second derivatives, which are computed for linear models only. Choose another {nameof(options.Aggregator)} for networks.", nameof(options));
        }
        if (loss is not ICurvedLoss)
        {
            throw new ArgumentException($"{name} needs a loss with a second derivative (an {nameof(ICurvedLoss)}); {loss} is none.", nameof(options));
        }
        long bytes = checked(sizeof(float) * workers * parameters);
        if (ranks > 1 && bytes > options.MaxCurvatureExchangeBytes)
        {
            throw new ArgumentException($"{name} would send {bytes} bytes to every rank at each step; {nameof(options.MaxCurvatureExchangeBytes)} allows {options.MaxCurvatureExchangeBytes}. Raise it, or choose another {nameof(options.Aggregator)}.", nameof(options));
        }
    }

    /// <summary>That ranks train the same.</summary>
    public static void SameEverywhere(RankGroup ranks, TrainingData rows, int outputs, ITrainableModel model, string description, SubspaceSgdOptions options)
    {
        double[][] all = ranks.Gather([rows.Features, outputs, TrainingDescription.Hash(TrainingDescription.Of(model)), TrainingDescription.Hash(description), options.CheckpointPath is null ? 0 : 1]);
        RankGroup.Agree([.. all.Select(rank => rank[0])], features => $"{features} features", "All ranks must transform their rows alike: fit the pipeline before training on rows that all ranks see.");
        RankGroup.Agree([.. all.Select(rank => rank[1])], count => $"{count} outputs", "All ranks must know the same classes: map labels to keys with the same list on all of them.");
        RankGroup.Agree([.. all.Select(rank => rank[2])], hash => $"a model whose tensors read {(uint)hash:X8}", "All ranks must build the same network.");
        RankGroup.Agree([.. all.Select(rank => rank[4])], has => has == 0 ? "none" : $"a {nameof(options.CheckpointPath)}", $"Set {nameof(options.CheckpointPath)} on all ranks or on none.");
        RankGroup.Agree([.. all.Select(rank => rank[3])], hash => $"options that read {(uint)hash:X8}", "All ranks must train with the same options.");
    }

    /// <summary>Of all ranks' rows together.</summary>
    public static void Totals(RankTotals totals, TrainingTask task, int workers, SubspaceSgdOptions options)
    {
        string rows = totals.Rows.ToString(CultureInfo.InvariantCulture) + (options.ValidationFraction > 0 ? $" rows to train on (and {totals.ValidationRows} held out)" : " rows to train on");
        if (totals.Rows == 0)
        {
            throw new ArgumentException($"There are {rows}. Hold out less.");
        }
        if (totals.Rows < workers)
        {
            throw new ArgumentException($"There are {workers} workers and {rows}. Make {nameof(options.Workers)} smaller, or null to let it follow the rows.");
        }
        int empty = Array.IndexOf(totals.Shards, 0L);
        if (empty >= 0)
        {
            throw new ArgumentException($"Worker {empty} of {workers} has no rows to train on, of {rows}. Distribute the rows over the ranks more evenly{(options.Workers is null ? ", or hold out less" : $", or take fewer {nameof(options.Workers)}")}.");
        }
        if (options.BatchSize > totals.Rows)
        {
            throw new ArgumentException($"A batch of {options.BatchSize} is more than the {rows}. Make {nameof(options.BatchSize)} smaller, or null to let it follow the rows.");
        }
        if (options.BatchSize < workers)
        {
            throw new ArgumentException($"A batch of {options.BatchSize} rows is too small for {workers} workers. Make {nameof(options.BatchSize)} at least as large as the number of workers.");
        }
        if (!(totals.Labels.Weight > 0) || !double.IsFinite(totals.Labels.Weight))
        {
            throw new ArgumentException($"The weights of the {rows} add up to {totals.Labels.Weight}; a positive number is needed.");
        }
        if (totals.IsAllZero)
        {
            throw new ArgumentException("All features of all rows are zero, so there is nothing to learn from. Look at how the column of features is made.");
        }
        if (task != TrainingTask.Regression && totals.Classes.Count(count => count > 0) < 2)
        {
            throw new ArgumentException($"All {rows} that have a weight are of class {Array.FindIndex(totals.Classes, count => count > 0)}; at least two classes are needed.");
        }
        if (totals.ValidationRows > 0 && !(totals.ValidationWeight > 0))
        {
            throw new ArgumentException($"The weights of the {totals.ValidationRows} validation rows add up to {totals.ValidationWeight}; a positive number is needed.");
        }
        if (options.EarlyStopping is not null && totals.ValidationRows == 0)
        {
            throw new ArgumentException($"Early stopping needs rows to measure the loss on. Pass validation rows, or set {nameof(options.ValidationFraction)}.");
        }
    }
}
