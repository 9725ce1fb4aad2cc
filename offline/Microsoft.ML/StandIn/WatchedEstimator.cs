// SPDX-License-Identifier: MIT
namespace Microsoft.ML.StandIn;

/// <summary>An estimator that shows somebody what it fitted.</summary>
internal sealed class WatchedEstimator<TTransformer> : IEstimator<TTransformer>
    where TTransformer : class, ITransformer
{
    private readonly IEstimator<TTransformer> _estimator;
    private readonly Action<TTransformer> _onFit;

    internal WatchedEstimator(IEstimator<TTransformer> estimator, Action<TTransformer> onFit)
    {
        _estimator = estimator;
        _onFit = onFit;
    }

    public TTransformer Fit(IDataView input)
    {
        TTransformer fitted = _estimator.Fit(input);
        _onFit(fitted);
        return fitted;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _estimator.GetOutputSchema(inputSchema);
}
