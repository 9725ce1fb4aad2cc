// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNetExtensions.Conformance.Tests.Chains;

public class ChainTests
{
    private static readonly MLContext Context = new(1);
    private static readonly IDataView Data = Context.Data.LoadFromEnumerable(new[] { new Row { F = 3 } });

    [Fact]
    public void Estimators_appended_one_by_one_make_one_flat_chain()
    {
        TransformerChain<ITransformer> flat = new EstimatorChain<ITransformer>().Append(Times(2, "G")).Append(Times(3, "H")).Append((IEstimator<ITransformer>)Times(4, "I")).Fit(Data);
        Assert.Equal(3, flat.Count());
        Assert.Equal(2, Times(2, "G").Append(Times(3, "H").Append(Times(4, "I"))).Fit(Data).Count());
        Assert.Equal("F:Single | G:Single | H:Single | I:Single", Observed.Schema(flat.Transform(Data).Schema));
    }

    [Fact]
    public void Without_a_scope_a_chain_transforms_for_scoring()
    {
        TransformerChain<ITransformer> chain = new EstimatorChain<ITransformer>()
            .Append(Times(2, "G"), TransformerScope.TrainTest).Append((IEstimator<ITransformer>)Times(3, "H")).Fit(Data);
        Assert.Equal("F:Single | H:Single", Observed.Schema(chain.Transform(Data).Schema));
        Assert.Equal("F:Single | H:Single", Observed.Schema(chain.GetOutputSchema(Data.Schema)));
        Assert.Equal("F:Single | G:Single | H:Single", Observed.Schema(chain.Transform(Data, TransformerScope.Testing).Schema));
        Assert.Single(chain.GetModelFor(TransformerScope.Scoring));
    }

    [Fact]
    public void A_chain_checks_the_shapes_before_it_fits()
    {
        var fitted = new List<string>();
        IEstimator<ITransformer> watched = Times(2, "G").WithOnFitDelegate(_ => fitted.Add("G"));
        string error = Observed.Error(() => watched.Append(Context.Transforms.CustomMapping<Missing, Row>((_, _) => { }, null)).Fit(Data));
        Assert.Equal("System.ArgumentOutOfRangeException: Could not find input column 'Nope' (Parameter 'inputSchema')", error);
        Assert.Empty(fitted);
    }

    [Fact]
    public void An_empty_chain_changes_nothing()
    {
        TransformerChain<ITransformer> chain = new EstimatorChain<ITransformer>().Fit(Data);
        Assert.Null(chain.LastTransformer);
        Assert.Equal("F:Single", Observed.Schema(chain.Transform(Data).Schema));
    }

    [Fact]
    public void A_chain_refuses_what_does_not_fit()
    {
        Assert.Throws<InvalidOperationException>(() => new TransformerChain<ColumnCopyingTransformer>(Times(2, "G").Fit(Data)));
        Assert.Throws<InvalidOperationException>(() => new TransformerChain<ITransformer>([], [TransformerScope.Everything]));
        Assert.Throws<ArgumentNullException>("estimator", () => Times(2, "G").Append<ITransformer>(null!));
        Assert.Throws<ArgumentNullException>("input", () => Times(2, "G").Fit(null!));
    }

    [Fact]
    public void A_chain_disposes_its_transformers()
    {
        var last = new DisposableTransformer(Times(2, "G").Fit(Data));
        new TransformerChain<ITransformer>(last).Dispose();
        Assert.Equal(1, last.Disposals);
    }

    [Fact]
    public void The_row_mapper_of_a_chain_gives_what_its_transform_gives()
    {
        TransformerChain<ITransformer> chain = new EstimatorChain<ITransformer>().Append(Times(2, "G")).Append((IEstimator<ITransformer>)Times(3, "H")).Fit(Data);
        IRowToRowMapper mapper = ((ITransformer)chain).GetRowToRowMapper(Data.Schema);
        using DataViewRowCursor input = Data.GetRowCursor(mapper.GetDependencies([mapper.OutputSchema["H"]]));
        DataViewRow row = mapper.GetRow(input, [mapper.OutputSchema["H"]]);
        ValueGetter<float> getter = row.GetGetter<float>(mapper.OutputSchema["H"]);
        Assert.True(input.MoveNext());
        float value = 0;
        getter(ref value);
        Assert.Equal(9, value);
        Assert.False(row.IsColumnActive(mapper.OutputSchema["G"]));
    }

    private static CustomMappingEstimator<Row, Product> Times(float factor, string name)
    {
        SchemaDefinition output = SchemaDefinition.Create(typeof(Product));
        output["Value"].ColumnName = name;
        return Context.Transforms.CustomMapping<Row, Product>((from, to) => to.Value = from.F * factor, null, null, output);
    }

    internal sealed class Row
    {
        public float F { get; set; }
    }

    internal sealed class Product
    {
        public float Value { get; set; }
    }

    internal sealed class Missing
    {
        public float Nope { get; set; }
    }
}
