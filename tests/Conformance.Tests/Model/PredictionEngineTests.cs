// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Conformance.Tests.Chains;

namespace MLNetExtensions.Conformance.Tests.Model;

public class PredictionEngineTests
{
    private static readonly MLContext Context = new(1);
    private static readonly IDataView Data = Context.Data.LoadFromEnumerable(new[] { new ModelTests.In() });
    private static readonly ITransformer Mapping = Context.Transforms.CustomMapping<ModelTests.In, ModelTests.Out>(ModelTests.TenTimes.Map, null).Fit(Data);

    [Fact]
    public void An_engine_predicts_one_object_after_the_other()
    {
        using PredictionEngine<ModelTests.In, ModelTests.Out> engine = Context.Model.CreatePredictionEngine<ModelTests.In, ModelTests.Out>(Mapping);
        Assert.Equal([30f, 40f], new float[] { 3, 4 }.Select(f => engine.Predict(new ModelTests.In { F = f }).X));
        Assert.Equal("F:Single | X:Single", Observed.Schema(engine.OutputSchema));
        Assert.Throws<ArgumentNullException>("example", () => engine.Predict(null!));
        var prediction = new ModelTests.Out();
        ModelTests.Out same = prediction;
        engine.Predict(new ModelTests.In { F = 5 }, ref prediction);
        Assert.Same(same, prediction);
        Assert.Equal(50, prediction.X);
    }

    [Fact]
    public void An_engine_disposes_the_transformer_once_unless_told_otherwise()
    {
        var owned = new DisposableTransformer(Mapping);
        PredictionEngine<ModelTests.In, ModelTests.Out> engine = Context.Model.CreatePredictionEngine<ModelTests.In, ModelTests.Out>(new TransformerChain<ITransformer>(owned));
        engine.Dispose();
        engine.Dispose();
        Assert.Equal(1, owned.Disposals);

        var lent = new DisposableTransformer(Mapping);
        Context.Model.CreatePredictionEngine<ModelTests.In, ModelTests.Out>(lent, new PredictionEngineOptions { OwnsTransformer = false }).Dispose();
        Assert.Equal(0, lent.Disposals);
    }

    [Fact]
    public void Columns_that_are_missing_are_ignored_or_refused()
    {
        using PredictionEngine<ModelTests.In, Wanting> engine = Context.Model.CreatePredictionEngine<ModelTests.In, Wanting>(Mapping);
        Assert.Equal(0, engine.Predict(new ModelTests.In()).Q);
        Assert.Equal(
            "System.ArgumentOutOfRangeException: Could not find  column 'Q' (Parameter 'Schema')",
            Observed.Error(() => Context.Model.CreatePredictionEngine<ModelTests.In, Wanting>(Mapping, ignoreMissingColumns: false)));
        Assert.Equal(
            "System.ArgumentOutOfRangeException: Could not find  column 'F' (Parameter 'Schema')",
            Observed.Error(() => Context.Model.CreatePredictionEngine<Wanting, ModelTests.Out>(Mapping)));
    }

    internal sealed class Wanting
    {
        public float Q { get; set; }
    }
}
