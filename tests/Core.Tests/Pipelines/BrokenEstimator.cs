// SPDX-License-Identifier: MIT
using Microsoft.ML;

namespace MLNetExtensions.Core.Tests.Pipelines;

/// <summary>A good estimator with one thing replaced.</summary>
internal sealed class BrokenEstimator(IEstimator<ITransformer> inner) : IEstimator<ITransformer>
{
    public Func<IDataView, ITransformer> FitWith { get; init; } = inner.Fit;

    public Func<SchemaShape, SchemaShape> PromiseWith { get; init; } = inner.GetOutputSchema;

    public ITransformer Fit(IDataView input) => FitWith(input);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => PromiseWith(inputSchema);
}
