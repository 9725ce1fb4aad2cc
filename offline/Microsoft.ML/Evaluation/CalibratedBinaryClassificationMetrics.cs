// SPDX-License-Identifier: MIT
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Data;

/// <summary>How well two classes are told apart, and how well their probabilities are known; logarithms in bits.</summary>
public sealed class CalibratedBinaryClassificationMetrics : BinaryClassificationMetrics
{
    internal CalibratedBinaryClassificationMetrics(BinaryTally tally)
        : base(tally)
    {
        LogLoss = tally.LogLoss;
        Entropy = tally.Entropy;
        LogLossReduction = (Entropy - LogLoss) / Entropy;
    }

    public double LogLoss { get; }

    public double LogLossReduction { get; }

    public double Entropy { get; }
}
