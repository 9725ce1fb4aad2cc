// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Conformance.Tests.Transforms;

/// <summary>Small data with what transforms meet: missing values, empty text, absent text, keys out of range, sparse and variable vectors.</summary>
internal static class TransformData
{
    public static MLContext Context { get; } = new(1);

    public static IDataView Mixed { get; } = Context.Data.LoadFromEnumerable<MixedRow>([
        new() { F = 1.5f, B = true, S = "a", V = [1, 2, 3], K = 1, I = 7, D = 0.1, N = ["p", "q"] },
        new() { F = float.NaN, S = "bb", V = [0, float.NaN, 4], K = 2, I = -7, D = -2, N = ["q", ""] },
        new() { F = -3, B = true, S = "", V = [5, 0, 0], K = 0, D = 1e9, N = ["r", "p"] },
        new() { F = 1.5f, B = true, S = "a", V = [5, 0, 0], K = 9, I = 300, D = double.NaN, N = ["r", "p"] }]);

    /// <summary>Rows with values that <see cref="Mixed"/> lacks.</summary>
    public static IDataView Unseen { get; } = Context.Data.LoadFromEnumerable<MixedRow>([
        new() { F = 99, S = "new", V = [7, 7, float.NaN], K = 4, I = 1, D = 3, N = ["new", "q"] },
        new() { F = -3, S = "a", V = [0, 0, 0], N = ["p", "r"] }]);

    public static IDataView Empty { get; } = Context.Data.LoadFromEnumerable(Array.Empty<MixedRow>());

    public static IDataView Sparse { get; } = Context.Data.LoadFromEnumerable<SparseRow>([
        new() { X = new VBuffer<float>(5, 2, [2, -4], [1, 3]), F = 2, W = "u" },
        new() { X = new VBuffer<float>(5, 1, [4], [1]), F = 4, W = "v" },
        new() { X = new VBuffer<float>(5, 0, [], []), F = 0, W = "u" }]);

    public static IDataView Variable { get; } = Context.Data.LoadFromEnumerable<VariableRow>([
        new() { X = [1, 2], N = ["a", "b"] }, new() { X = [3], N = ["c"] }, new() { X = [], N = [] }]);

    public static SchemaShape ShapeOf<TRow>()
        where TRow : class, new()
        => Context.Transforms.CustomMapping<NoColumns, TRow>((_, _) => { }, null).GetOutputSchema(new SchemaShape([]));

    /// <summary>The column made from <see cref="Mixed"/>, with its values.</summary>
    public static string Made(IEstimator<ITransformer> estimator, IDataView? data = null, string column = "O")
        => Describe.Column(estimator.Fit(data ?? Mixed).Transform(data ?? Mixed), column);

    /// <summary>The values of the column where the estimator was fitted on one and scores another view.</summary>
    public static string Scored(IEstimator<ITransformer> estimator, IDataView fit, IDataView score)
        => Describe.Values(estimator.Fit(fit).Transform(score), "O");

    public static string FitError(IEstimator<ITransformer> estimator, IDataView? data = null) => Describe.Error(() => estimator.Fit(data ?? Mixed));

    public static string ShapeError(IEstimator<ITransformer> estimator) => Describe.Error(() => estimator.GetOutputSchema(ShapeOf<MixedRow>()));
}
