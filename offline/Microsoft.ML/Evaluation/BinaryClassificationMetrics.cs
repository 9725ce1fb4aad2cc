// SPDX-License-Identifier: MIT
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Data;

/// <summary>How well two classes are told apart.</summary>
public class BinaryClassificationMetrics
{
    internal BinaryClassificationMetrics(BinaryTally tally)
    {
        AreaUnderRocCurve = tally.AreaUnderRocCurve();
        AreaUnderPrecisionRecallCurve = tally.AreaUnderPrecisionRecallCurve();
        ConfusionMatrix = tally.ToConfusionMatrix();
        IReadOnlyList<IReadOnlyList<double>> counts = ConfusionMatrix.Counts;
        Accuracy = (counts[0][0] + counts[1][1]) / tally.Count;
        PositivePrecision = ConfusionMatrix.PerClassPrecision[0];
        NegativePrecision = ConfusionMatrix.PerClassPrecision[1];
        PositiveRecall = ConfusionMatrix.PerClassRecall[0];
        NegativeRecall = ConfusionMatrix.PerClassRecall[1];
        F1Score = PositivePrecision + PositiveRecall > 0 ? 2 * PositivePrecision * PositiveRecall / (PositivePrecision + PositiveRecall) : 0;
    }

    public double AreaUnderRocCurve { get; }

    public double Accuracy { get; }

    public double PositivePrecision { get; }

    public double PositiveRecall { get; }

    public double NegativePrecision { get; }

    public double NegativeRecall { get; }

    public double F1Score { get; }

    public double AreaUnderPrecisionRecallCurve { get; }

    public ConfusionMatrix ConfusionMatrix { get; }
}
