// SPDX-License-Identifier: MIT
using Google.Protobuf;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.Pipelines;
using MLNetExtensions.TestUtilities;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Core.Tests.Pipelines;

/// <summary>What ML.NET itself refuses or loses, the saved face puts right.</summary>
public sealed class SavedModelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("saved-model-").FullName;
    private readonly MemoryDataView _data = ContractData.Create();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Four_bit_initializers_load_in_ML_NET()
    {
        var model = FourBitModel();
        string path = Path.Combine(_folder, "int4.onnx");
        File.WriteAllBytes(path, model);
        Assert.ThrowsAny<Exception>(() => new MLContext().Transforms.ApplyOnnxModel("scores", "features", path));
        AssertFacesAgree(OnnxModelSource.FromBytes(model));
    }

    [Fact]
    public void Half_precision_initializers_load_in_ML_NET()
    {
        var graph = new OnnxGraphBuilder("half");
        graph.Input("features", DataType.Float, "N", 4);
        byte[] halves = [.. Enumerable.Range(0, 8).SelectMany(i => BitConverter.GetBytes((Half)(i * 0.25f)))];
        string weights = graph.Node("Cast", [graph.Initializer(OnnxTypes.Tensor("w", DataType.Float16, [4, 2], halves))], attributes: new Dictionary<string, object> { ["to"] = 1 });
        graph.Node("MatMul", ["features", weights], "scores");
        graph.Output("scores", DataType.Float, "N", 2);
        AssertFacesAgree(OnnxModelSource.FromBytes(graph.ToModel(opset: 13).ToByteArray()));
    }

    [Fact]
    public void External_data_are_put_into_the_saved_model()
    {
        var graph = new OnnxGraphBuilder("external");
        graph.Input("features", DataType.Float, "N", 4);
        graph.Node("MatMul", ["features", graph.Initializer("w", [4, 600], [.. Enumerable.Range(0, 2400).Select(i => i * 0.001f)])], "scores");
        graph.Output("scores", DataType.Float, "N", 600);
        string path = Path.Combine(_folder, "external.onnx");
        using (var model = OnnxModel.Create(graph.ToModel(opset: 13)))
        {
            model.Save(path, new OnnxSaveOptions { ExternalData = ExternalDataUse.Always });
        }
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
        var transformer = Fit(OnnxModelSource.FromFile(path));
        var expected = Snapshot.Of(transformer.Transform(_data), ["Score"]);
        using var stream = Save(transformer);
        transformer.Dispose();
        foreach (string file in Directory.GetFiles(_folder))
        {
            File.Delete(file);
        }
        Assert.Null(Snapshot.Difference(expected, Snapshot.Of(new MLContext().Model.Load(stream, out _).Transform(_data), ["Score"]), 1e-4));
    }

    [Fact]
    public void Names_inside_the_graph_may_be_those_of_columns()
    {
        var graph = new OnnxGraphBuilder("names");
        graph.Input("Score", DataType.Float, "N", 4);
        string negative = graph.Node("Neg", ["Score"], "Features");
        graph.Node("Neg", [negative], "Text");
        graph.Output("Text", DataType.Float, "N", 4);
        var columns = new OnnxColumns([new("Features", "Score")], [OnnxOutputColumn.Tensor("Score", "Text")]);
        AssertFacesAgree(OnnxModelSource.FromBytes(graph.ToModel(opset: 13).ToByteArray()), columns);
    }

    [Fact]
    public void An_input_that_only_passes_through_is_saved()
    {
        var graph = new OnnxGraphBuilder("identity");
        graph.Input("features", DataType.Float, "N", 4);
        graph.Node("Identity", ["features"], "scores");
        graph.Output("scores", DataType.Float, "N", 4);
        AssertFacesAgree(OnnxModelSource.FromBytes(graph.ToModel(opset: 13).ToByteArray()));
    }

    [Fact]
    public void A_transformer_saved_inside_a_pipeline_loads_with_it()
    {
        var context = new MLContext();
        var fitted = new MulticlassCentroidEstimator("Features", "Class").Fit(_data);
        var chain = new TransformerChain<ITransformer>(context.Transforms.CopyColumns("Copy", "Text").Fit(_data), fitted, context.Transforms.Conversion.MapKeyToValue("Name", "PredictedLabel").Fit(fitted.Transform(_data)));
        using var stream = Save(chain);
        Assert.Null(Snapshot.Difference(Snapshot.Of(chain.Transform(_data)), Snapshot.Of(new MLContext().Model.Load(stream, out _).Transform(_data)), 1e-5));
    }

    [Fact]
    [Trait("Category", "Long")]
    public void A_model_too_large_to_embed_is_refused_with_the_file_to_ship()
    {
        const long Elements = 3L << 27;
        var graph = new OnnxGraphBuilder("large");
        graph.Input("features", DataType.Float, "N", 4);
        var large = new TensorProto { Name = "w", DataType = (int)DataType.Float, DataLocation = TensorProto.Types.DataLocation.External };
        large.Dims.Add([Elements / 4, 4]);
        large.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "large.data" });
        graph.Node("Gather", [graph.Initializer(large), graph.Initializer("index", [1], [1L])], "row");
        graph.Node("Mul", ["features", "row"], "scores");
        graph.Output("scores", DataType.Float, "N", 4);
        string path = Path.Combine(_folder, "large.onnx");
        File.WriteAllBytes(path, graph.ToModel(opset: 13).ToByteArray());
        // Zeros that take no room on the disk.
        using (var data = File.Create(Path.Combine(_folder, "large.data")))
        {
            data.SetLength(Elements * sizeof(float));
        }
        using var transformer = Fit(OnnxModelSource.FromFile(path));
        var refusal = Assert.Throws<NotSupportedException>(() => Save(transformer));
        Assert.Contains("large.onnx", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("at most 1536 MiB", refusal.Message, StringComparison.Ordinal);
    }

    // 4-bit weights as an initializer, the way other tools write them.
    private static byte[] FourBitModel()
    {
        var graph = new OnnxGraphBuilder("int4");
        graph.Input("features", DataType.Float, "N", 4);
        string weights = graph.Initializer(OnnxTypes.Tensor("w", DataType.Int4, [4, 2], [0x21, 0x43, 0x98, 0x7F]));
        string dequantized = graph.Node("DequantizeLinear", [weights, graph.Initializer("scale", [], new[] { 0.125f })]);
        graph.Node("MatMul", ["features", dequantized], "scores");
        graph.Output("scores", DataType.Float, "N", 2);
        return graph.ToModel(opset: 21).ToByteArray();
    }

    private void AssertFacesAgree(OnnxModelSource source, OnnxColumns? columns = null)
    {
        using var transformer = Fit(source, columns);
        var expected = Snapshot.Of(transformer.Transform(_data));
        using var stream = Save(transformer);
        Assert.Null(Snapshot.Difference(expected, Snapshot.Of(new MLContext().Model.Load(stream, out _).Transform(_data)), 1e-5));
    }

    private OnnxModelTransformer Fit(OnnxModelSource source, OnnxColumns? columns = null) =>
        new(source, columns ?? new OnnxColumns([new("Features", "features")], [OnnxOutputColumn.Tensor("Score", "scores")]), _data.Schema);

    private MemoryStream Save(ITransformer transformer)
    {
        var stream = new MemoryStream();
        new MLContext().Model.Save(transformer, _data.Schema, stream);
        stream.Position = 0;
        return stream;
    }
}
