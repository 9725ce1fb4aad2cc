// SPDX-License-Identifier: MIT
using System.Globalization;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SubspaceSgd.Models;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>Everything that the result of a training depends on but the rows, in words: what ranks compare, and a checkpoint with what goes on from it.</summary>
internal static class TrainingDescription
{
    public static string Of(TrainingTask task, int features, int outputs, string loss, SubspaceSgdOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"{task}, {features} features, {outputs} outputs, {options.Network?.Description ?? "linear"}, loss {loss}{(options.StandardizeLabels ? " of standardised scores" : "")}; workers {options.Workers}, batch {options.BatchSize} x {options.GradientAccumulation}, {options.Epochs} epochs; "
        + $"{options.Aggregator}, {options.Granularity}; {options.Optimizer}, rate {options.LearningRate}, {options.Schedule}, gradient norm at most {options.MaximumGradientNorm}; L1 {options.L1Regularization}, L2 {options.EffectiveL2}; "
        + $"class weights {string.Join('/', options.ClassWeights ?? [])}; held out {options.ValidationFraction}, {options.EarlyStopping}, restore best {options.RestoreBest}; seed {options.Seed}");

    /// <summary>The tensors of a model.</summary>
    public static string Of(ITrainableModel model) => string.Join(' ', model.Tensors.Select(tensor => string.Create(CultureInfo.InvariantCulture, $"{tensor.Name}[{string.Join(',', tensor.Dimensions)}]")));

    /// <summary>How a rank's rows are read: what the order depends on in which workers take them.</summary>
    public static string Of(TrainingData rows) => rows is StreamedRows streamed ? string.Create(CultureInfo.InvariantCulture, $"read in windows of {streamed.WindowRows} rows") : "kept";

    /// <summary>32 bits that differ where descriptions do (FNV-1a).</summary>
    public static uint Hash(string description)
    {
        uint hash = 2166136261;
        foreach (char c in description)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }
        return hash;
    }
}
