// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;

namespace Microsoft.ML;

public sealed partial class RegressionCatalog
{
    public RegressionMetrics Evaluate(IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score")
    {
        ArgumentNullException.ThrowIfNull(data);
        DataViewSchema.Column label = EvaluationColumns.FindSingle(data, labelColumnName, "Label");
        DataViewSchema.Column score = EvaluationColumns.FindSingle(data, scoreColumnName, "Score");
        var tally = new RegressionTally();
        using DataViewRowCursor cursor = data.GetRowCursor([label, score]);
        ValueGetter<float> labels = cursor.GetGetter<float>(label), scores = cursor.GetGetter<float>(score);
        float labelValue = 0, scoreValue = 0;
        while (cursor.MoveNext())
        {
            labels(ref labelValue);
            scores(ref scoreValue);
            tally.Add(labelValue, scoreValue);
        }

        return tally.ToMetrics();
    }

    public IReadOnlyList<CrossValidationResult<RegressionMetrics>> CrossValidate(
        IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds = 5, string labelColumnName = "Label", string samplingKeyColumnName = null, int? seed = null)
        => CrossValidation.Run(Environment, data, estimator, numberOfFolds, samplingKeyColumnName, seed, scored => Evaluate(scored, labelColumnName));
}
