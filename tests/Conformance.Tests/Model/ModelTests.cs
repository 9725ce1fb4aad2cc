// SPDX-License-Identifier: MIT
using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using MLNetExtensions.TestUtilities;

namespace MLNetExtensions.Conformance.Tests.Model;

public class ModelTests
{
    private static readonly MLContext Context = new(1);
    private static readonly IDataView Data = Context.Data.LoadFromEnumerable(Enumerable.Range(0, 5).Select(i => new In { F = i }).ToArray());
    private static readonly ITransformer Mapping = Context.Transforms.CustomMapping<In, Out>(TenTimes.Map, "Conformance.TenTimes").Fit(Data);

    [Fact]
    public void A_chain_is_saved_one_folder_per_transformer()
    {
        var inner = new TransformerChain<ITransformer>(Mapping, Mapping);
        Assert.Equal(
            [
                "TrainingInfo/Version.txt", "TransformerChain/Transform_000/Model.key", "TransformerChain/Transform_001/Transform_000/Model.key",
                "TransformerChain/Transform_001/Transform_001/Model.key", "TransformerChain/Transform_001/Model.key", "TransformerChain/Model.key", "Schema",
            ],
            Entries(new TransformerChain<ITransformer>(Mapping, inner)));
        Assert.Equal(["TrainingInfo/Version.txt", "TransformerChain/Model.key", "Schema"], Entries(Mapping));
    }

    [Fact]
    public void A_transformer_from_outside_is_loaded_as_the_chain_that_it_hands_on_to()
    {
        var inner = new TransformerChain<ITransformer>(Mapping, Mapping);
        ITransformer loaded = Loaded(new TransformerChain<ITransformer>(Mapping, new HandingOnTransformer(inner, ((ICanSaveModel)inner).Save)), out DataViewSchema schema);
        var chain = Assert.IsType<TransformerChain<ITransformer>>(loaded);
        Assert.Equal(["CustomMappingTransformer`2", "TransformerChain`1"], chain.Select(t => t.GetType().Name));
        Assert.Equal("F:Single", Observed.Schema(schema));
        Assert.Equal([0, 10, 20, 30, 40], loaded.Transform(Data).GetColumn<float>("X"));
    }

    [Fact]
    public void A_transformer_that_saves_nothing_is_refused()
    {
        Assert.Equal("System.InvalidOperationException: ModelSignature not specified!", Observed.Error(() => Entries(new HandingOnTransformer(Mapping, _ => { }))));
        Assert.Throws<NotSupportedException>(() => Entries(new HandingOnTransformer(Mapping, _ => throw new NotSupportedException("no"))));
    }

    [Fact]
    public void The_input_schema_is_loaded_with_hidden_columns_and_annotations()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddPrimitiveValue("Odd", NumberDataViewType.Double, 3.5);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("F", NumberDataViewType.Double);
        builder.AddColumn("F", NumberDataViewType.Single, annotations.ToAnnotations());
        builder.AddColumn("K", new VectorDataViewType(new KeyDataViewType(typeof(uint), 4), 2, 0));
        using var stream = new MemoryStream();
        Context.Model.Save(Mapping, builder.ToSchema(), stream);
        stream.Position = 0;
        new MLContext().Model.Load(stream, out DataViewSchema schema);
        Assert.Equal("F:Double (hidden) | F:Single {Odd:Double} | K:Vector<Key<UInt32, 0-3>, 2, *>", Observed.Schema(schema));
        double odd = 0;
        schema["F"].Annotations.GetValue("Odd", ref odd);
        Assert.Equal(3.5, odd);
        Assert.True(stream.CanRead);
    }

    [Fact]
    public void Without_a_schema_none_is_loaded()
    {
        using var stream = new MemoryStream();
        Context.Model.Save(Mapping, null, stream);
        stream.Position = 0;
        new MLContext().Model.Load(stream, out DataViewSchema schema);
        Assert.Null(schema);
    }

    [Fact]
    public void What_is_no_model_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("garbage.zip"), "a,b\n1,2\n");
        Assert.Equal("System.FormatException: Failed to open a zip archive", Observed.Error(() => Context.Model.Load(folder.File("garbage.zip"), out _)));
        Assert.Equal($"System.IO.FileNotFoundException: Could not find file '{folder.File("nope.zip")}'.", Observed.Error(() => Context.Model.Load(folder.File("nope.zip"), out _)));
        Assert.Equal("System.ArgumentOutOfRangeException: filePath cannot be null or empty (Parameter 'filePath')", Observed.Error(() => Context.Model.Load("", out _)));
    }

    [Fact]
    public void A_mapping_without_a_contract_is_not_saved_and_one_without_a_factory_not_loaded()
    {
        Assert.Equal(
            "System.InvalidOperationException: Empty contract name for a transform: the transform cannot be saved",
            Observed.Error(() => Entries(Context.Transforms.CustomMapping<In, Out>(TenTimes.Map, null).Fit(Data))));
        ITransformer unknown = Context.Transforms.CustomMapping<In, Out>(TenTimes.Map, "Conformance.Unknown").Fit(Data);
        Assert.Equal("System.InvalidOperationException: Error during class instantiation", Observed.Error(() => Loaded(unknown, out _)));
    }

    [Fact]
    public void A_loaded_mapping_forgets_the_names_of_its_definition()
    {
        SchemaDefinition output = SchemaDefinition.Create(typeof(Out));
        output["X"].ColumnName = "Renamed";
        var renamed = Context.Transforms.CustomMapping<In, Out>(TenTimes.Map, "Conformance.TenTimes", null, output).Fit(Data);
        Assert.Equal("F:Single | Renamed:Single", Observed.Schema(renamed.GetOutputSchema(Data.Schema)));
        Assert.Equal("F:Single | X:Single", Observed.Schema(Loaded(renamed, out _).GetOutputSchema(Data.Schema)));
    }

    private static string[] Entries(ITransformer model)
    {
        using var stream = new MemoryStream();
        Context.Model.Save(model, Data.Schema, stream);
        stream.Position = 0;
        using var archive = new ZipArchive(stream);
        return [.. archive.Entries.Select(e => e.FullName.Replace('\\', '/'))];
    }

    private static ITransformer Loaded(ITransformer model, out DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        Context.Model.Save(model, Data.Schema, stream);
        stream.Position = 0;
        return new MLContext().Model.Load(stream, out schema);
    }

    internal sealed class In
    {
        public float F { get; set; }
    }

    internal sealed class Out
    {
        public float X { get; set; }
    }

    [CustomMappingFactoryAttribute("Conformance.TenTimes")]
    internal sealed class TenTimes : CustomMappingFactory<In, Out>
    {
        public static void Map(In from, Out to) => to.X = from.F * 10;

        public override Action<In, Out> GetMapping() => Map;
    }
}
