// SPDX-License-Identifier: MIT
namespace Microsoft.ML.StandIn;

/// <summary>Fits and evaluates an estimator on each fold.</summary>
internal static class CrossValidation
{
    internal static IReadOnlyList<TrainCatalogBase.CrossValidationResult<TMetrics>> Run<TMetrics>(
        HostEnvironment environment, IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds, string samplingKeyColumnName, int? seed, Func<IDataView, TMetrics> evaluate)
        where TMetrics : class
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(estimator);
        if (numberOfFolds <= 1)
        {
            throw new ArgumentOutOfRangeException("numFolds", "Must be more than 1");
        }

        IReadOnlyList<DataOperationsCatalog.TrainTestData> folds
            = new DataOperationsCatalog(environment).CrossValidationSplit(data, numberOfFolds, samplingKeyColumnName, seed);
        return [.. folds.Select((fold, number) =>
        {
            ITransformer model = estimator.Fit(fold.TrainSet);
            IDataView scored = model.Transform(fold.TestSet);
            return new TrainCatalogBase.CrossValidationResult<TMetrics>(model, evaluate(scored), scored, number);
        })];
    }
}
