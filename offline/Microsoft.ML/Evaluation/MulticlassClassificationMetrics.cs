// SPDX-License-Identifier: MIT
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Data;

/// <summary>How well several classes are told apart; natural logarithms.</summary>
public sealed class MulticlassClassificationMetrics
{
    internal MulticlassClassificationMetrics(MulticlassTally tally, int topKPredictionCount)
    {
        MicroAccuracy = tally.MicroAccuracy;
        MacroAccuracy = tally.MacroAccuracy;
        LogLoss = tally.LogLoss;
        LogLossReduction = tally.LogLossReduction;
        PerClassLogLoss = tally.PerClassLogLoss;
        ConfusionMatrix = tally.ToConfusionMatrix();
        TopKPredictionCount = topKPredictionCount;
        if (topKPredictionCount > 0)
        {
            TopKAccuracyForAllK = tally.TopKAccuracies(topKPredictionCount);
            TopKAccuracy = TopKAccuracyForAllK[^1];
        }
    }

    public double LogLoss { get; }

    public double LogLossReduction { get; }

    public double MacroAccuracy { get; }

    public double MicroAccuracy { get; }

    public double TopKAccuracy { get; }

    public int TopKPredictionCount { get; }

    public IReadOnlyList<double> TopKAccuracyForAllK { get; }

    public IReadOnlyList<double> PerClassLogLoss { get; }

    public ConfusionMatrix ConfusionMatrix { get; }
}
