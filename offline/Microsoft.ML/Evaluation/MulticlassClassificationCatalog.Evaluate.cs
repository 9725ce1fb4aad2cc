// SPDX-License-Identifier: MIT
using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;

namespace Microsoft.ML;

public sealed partial class MulticlassClassificationCatalog
{
    public MulticlassClassificationMetrics Evaluate(
        IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score", string predictedLabelColumnName = "PredictedLabel", int topKPredictionCount = 0)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (topKPredictionCount < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(topKPredictionCount), "Must be non-negative");
        }

        DataViewSchema.Column label = EvaluationColumns.Find(data, labelColumnName, "Label");
        if (label.Type is not KeyDataViewType && !label.Type.Equals(NumberDataViewType.Single))
        {
            throw EvaluationColumns.Mismatch("Label", label, "Single or Key");
        }

        DataViewSchema.Column score = EvaluationColumns.Find(data, scoreColumnName, "Score");
        if (score.Type is not VectorDataViewType { Size: >= 2 } type || !type.ItemType.Equals(NumberDataViewType.Single))
        {
            throw EvaluationColumns.Mismatch("Score", score, "vector of two or more items of type Single");
        }

        EvaluationColumns.Find(data, predictedLabelColumnName, "PredictedLabel");
        string[] names = SlotNames.Of(score) ?? [.. Enumerable.Range(0, type.Size).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        return new MulticlassClassificationMetrics(Tally(data, label, score, names), topKPredictionCount);
    }

    public IReadOnlyList<CrossValidationResult<MulticlassClassificationMetrics>> CrossValidate(
        IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds = 5, string labelColumnName = "Label", string samplingKeyColumnName = null, int? seed = null)
        => CrossValidation.Run(Environment, data, estimator, numberOfFolds, samplingKeyColumnName, seed, scored => Evaluate(scored, labelColumnName));

    // The predicted class is the highest score, the first of several: the predicted label must be there but is not read.
    private static MulticlassTally Tally(IDataView data, DataViewSchema.Column label, DataViewSchema.Column score, string[] names)
    {
        var tally = new MulticlassTally(names);
        using DataViewRowCursor cursor = data.GetRowCursor([label, score]);
        Func<double> labels = EvaluationColumns.Label(cursor, label);
        ValueGetter<VBuffer<float>> scores = cursor.GetGetter<VBuffer<float>>(score);
        VBuffer<float> values = default;
        var dense = new float[names.Length];
        while (cursor.MoveNext())
        {
            scores(ref values);
            if (values.Length != dense.Length)
            {
                throw new InvalidOperationException($"Score column '{score.Name}' has {values.Length} slots in a row; {dense.Length} are needed.");
            }

            values.CopyTo(dense);
            tally.Add(labels(), dense);
        }

        return tally;
    }
}
