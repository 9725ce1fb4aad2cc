// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;

namespace Microsoft.ML;

public sealed partial class BinaryClassificationCatalog
{
    public CalibratedBinaryClassificationMetrics Evaluate(
        IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score", string probabilityColumnName = "Probability", string predictedLabelColumnName = "PredictedLabel")
        => new(Tally(data, labelColumnName, scoreColumnName, probabilityColumnName, predictedLabelColumnName));

    public BinaryClassificationMetrics EvaluateNonCalibrated(
        IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score", string predictedLabelColumnName = "PredictedLabel")
        => new(Tally(data, labelColumnName, scoreColumnName, null, predictedLabelColumnName));

    public IReadOnlyList<CrossValidationResult<CalibratedBinaryClassificationMetrics>> CrossValidate(
        IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds = 5, string labelColumnName = "Label", string samplingKeyColumnName = null, int? seed = null)
        => CrossValidation.Run(Environment, data, estimator, numberOfFolds, samplingKeyColumnName, seed, scored => Evaluate(scored, labelColumnName));

    public IReadOnlyList<CrossValidationResult<BinaryClassificationMetrics>> CrossValidateNonCalibrated(
        IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds = 5, string labelColumnName = "Label", string samplingKeyColumnName = null, int? seed = null)
        => CrossValidation.Run(Environment, data, estimator, numberOfFolds, samplingKeyColumnName, seed, scored => EvaluateNonCalibrated(scored, labelColumnName));

    private static BinaryTally Tally(IDataView data, string labelName, string scoreName, string probabilityName, string predictedName)
    {
        ArgumentNullException.ThrowIfNull(data);
        DataViewSchema.Column label = EvaluationColumns.Find(data, labelName, "Label");
        bool isFlag = label.Type is BooleanDataViewType or KeyDataViewType { Count: 2 } || label.Type.Equals(NumberDataViewType.Single) || label.Type.Equals(NumberDataViewType.Double);
        if (!isFlag)
        {
            throw EvaluationColumns.Mismatch("Label", label, "Single, Double, Boolean, or a Key with cardinality 2");
        }

        DataViewSchema.Column score = EvaluationColumns.FindSingle(data, scoreName, "Score");
        DataViewSchema.Column? probability = probabilityName is null ? null : EvaluationColumns.FindSingle(data, probabilityName, "Probability");
        EvaluationColumns.Find(data, predictedName, "PredictedLabel");

        // Classes are told by the sign of the score: the predicted label must be there but is not read.
        var tally = new BinaryTally();
        using DataViewRowCursor cursor = data.GetRowCursor(probability is { } column ? [label, score, column] : [label, score]);
        Func<double> labels = EvaluationColumns.Label(cursor, label);
        ValueGetter<float> scores = cursor.GetGetter<float>(score);
        ValueGetter<float> probabilities = probability is { } p ? cursor.GetGetter<float>(p) : null;
        float scoreValue = 0, probabilityValue = 0.5f;
        while (cursor.MoveNext())
        {
            scores(ref scoreValue);
            probabilities?.Invoke(ref probabilityValue);
            tally.Add(labels(), scoreValue, probabilityValue);
        }

        return tally;
    }
}
