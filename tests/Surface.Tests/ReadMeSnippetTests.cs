// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Onnx;
using MLNetExtensions.Quantization;
using MLNetExtensions.Surface.Tests.Snippets;
using static MLNetExtensions.Onnx.Protobuf.TensorProto.Types;

namespace MLNetExtensions.Surface.Tests;

/// <summary>Runs the code that README.md and docs/ show, in a folder with the model that it names.</summary>
[Collection(nameof(Environment.CurrentDirectory))]
public sealed class ReadMeSnippetTests : IDisposable
{
    private readonly string _before = Environment.CurrentDirectory;
    private readonly string _folder = Directory.CreateTempSubdirectory("mlnetx-readme-").FullName;
    private readonly MLContext _ml = new(seed: 1);

    public ReadMeSnippetTests()
    {
        Environment.CurrentDirectory = _folder;
        var random = new Random(1);
        var graph = new OnnxGraphBuilder();
        graph.Input("pixels", DataType.Float, "N", 64L);
        graph.Initializer("weights", [64, 10], [.. Enumerable.Range(0, 640).Select(_ => random.NextSingle() - 0.5f)]);
        graph.Node("MatMul", ["pixels", "weights"], "scores");
        graph.Output("scores", DataType.Float, "N", 10L);
        using var model = OnnxModel.Create(graph.ToModel());
        model.Save("model.onnx");
    }

    [Fact]
    public void A_quantized_model_saved_from_a_pipeline_scores_in_a_new_context()
    {
        var rows = Rows("Pixels");

        var fitted = ReadMe.QuantizeInAPipeline(_ml, rows);

        var loaded = new MLContext().Model.Load("model.zip", out _);
        Assert.Equal(Scores(fitted.Transform(rows), "scores"), Scores(loaded.Transform(rows), "scores"), new NearlyEqual());
    }

    [Fact]
    public void Quantizing_files_reports_every_tensor()
    {
        var report = ReadMe.QuantizeFiles();

        Assert.Equal(["weights"], report.Tensors.Select(tensor => tensor.Name));
        Assert.True(File.Exists("model.int4.onnx"));
    }

    [Fact]
    public void The_estimator_reports_what_the_quantizer_reports() => Assert.Equal(1, ReadMe.QuantizeTwice(_ml, Rows("pixels")).QuantizedTensors);

    [Fact]
    public void A_marked_tensor_is_not_trained()
    {
        using var model = OnnxModel.Load("model.onnx");

        ReadMe.MarkAsNotTrained(model);

        Assert.Contains("parity_check_matrix", NotTrainedTensors.Of(model.Proto));
    }

    [Fact]
    public void Both_ways_to_score_in_batches_agree() => Assert.Equal(
        Scores(ReadMe.ScoreInBatches(_ml, Rows("pixels")), "scores"),
        Scores(ReadMe.ScoreWithOptions(_ml, Rows("Pixels")), "Score"));

    [Fact]
    public void A_copied_model_is_the_same_model()
    {
        ReadMe.EditAModel();

        Assert.Equal(File.ReadAllBytes("model.onnx"), File.ReadAllBytes("copy.onnx"));
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        Directory.Delete(_folder, recursive: true);
    }

    private static float[] Scores(IDataView view, string column) => [.. view.GetColumn<float[]>(column).SelectMany(row => row)];

    private IDataView Rows(string column)
    {
        var random = new Random(2);
        var schema = SchemaDefinition.Create(typeof(Row));
        var values = schema[nameof(Row.Values)];
        values.ColumnName = column;
        values.ColumnType = new VectorDataViewType(NumberDataViewType.Single, 64);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(_ => new Row { Values = [.. Enumerable.Range(0, 64).Select(_ => random.NextSingle())] }).ToArray(), schema);
    }

    private sealed class Row
    {
        public float[] Values { get; set; } = [];
    }

    // One row at a time and in batches, ONNX Runtime may sum in another order.
    private sealed class NearlyEqual : IEqualityComparer<float>
    {
        public bool Equals(float x, float y) => MathF.Abs(x - y) <= 1e-4f;

        public int GetHashCode(float value) => 0;
    }
}
