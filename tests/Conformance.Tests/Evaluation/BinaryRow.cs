// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Conformance.Tests.Evaluation;

internal sealed class BinaryRow
{
    public bool Label;
    public float Score;
    public float Probability;
    public bool PredictedLabel;
    public float Number;
    public string Text = "";
    [KeyType(3)]
    public uint Key = 1;

    /// <summary>A row whose probability is the logistic function of its score.</summary>
    public static BinaryRow Of(bool label, float score) => new() { Label = label, Score = score, Probability = (float)(1 / (1 + Math.Exp(-score))), PredictedLabel = score > 0 };
}
