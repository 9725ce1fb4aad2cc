// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Samples.ConstrainedClassification;

/// <summary>What predicted labels come to on some rows.</summary>
internal sealed record Rates(double Recall, double FalsePositiveRate, double Accuracy)
{
    /// <summary>Measures the rows for which a condition holds.</summary>
    public static Rates Of(ITransformer model, IDataView rows, Func<int, bool>? isCounted = null)
    {
        var scored = model.Transform(rows);
        var pairs = scored.GetColumn<bool>("Label").Zip(scored.GetColumn<bool>("PredictedLabel")).Where((_, row) => isCounted?.Invoke(row) ?? true).ToArray();
        return new Rates(
            pairs.Where(pair => pair.First).Average(pair => pair.Second ? 1.0 : 0),
            pairs.Where(pair => !pair.First).Average(pair => pair.Second ? 1.0 : 0),
            pairs.Average(pair => pair.First == pair.Second ? 1.0 : 0));
    }
}
