// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Onnx;
using MLNetExtensions.Pipelines;
using MLNetExtensions.TestUtilities;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Quantization.Tests;

/// <summary>The quantizer in ML.NET's pipelines, and its models in ML.NET's own hands.</summary>
[Collection(Name)]
public sealed class EstimatorTests : IDisposable
{
    public const string Name = "Redirects the temporary folder";
    private static readonly MemoryDataView Data = ContractData.Create();
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<QuantizationFormat, QuantizationForm> Ways
    {
        get
        {
            TheoryData<QuantizationFormat, QuantizationForm> ways = [];
            foreach (var format in Enum.GetValues<QuantizationFormat>())
            {
                foreach (var form in Enum.GetValues<QuantizationForm>())
                {
                    ways.Add(format, form);
                }
            }
            return ways;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(QuantizationFormat.Qdq)]
    [InlineData(QuantizationFormat.MatMulNBits)]
    public void The_estimator_keeps_the_contract(QuantizationFormat format)
    {
        string model = Save(Model("n"));
        EstimatorContract.Verify(new EstimatorCase
        {
            Create = () => new MLContext().Transforms.QuantizeOnnxModel(new QuantizeOnnxModelOptions
            {
                Model = OnnxModelSource.FromFile(model),
                Quantization = new OnnxQuantizationOptions { Format = format },
                Inputs = [new OnnxInputColumn("SparseFeatures", "x")],
                Outputs = [OnnxOutputColumn.Tensor("My scores", "y")],
            }),
            Data = Data,
            InputColumns = ["SparseFeatures"],
            OutputColumns = ["My scores"],
            BadInputs = [new BadInput(new MLContext().Transforms.CopyColumns("SparseFeatures", "Text").Fit(Data).Transform(Data), "SparseFeatures")],
            Predict = PredictOnce,
            Tolerance = 1e-4,
        });
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Each_format_scores_in_ApplyOnnxModel_and_after_a_save_in_a_new_context(QuantizationFormat format, QuantizationForm form)
    {
        string original = Save(Model(1)), exported = _folder.File("exported.onnx");
        var context = new MLContext(1);
        var data = Renamed(context);
        using var fitted = context.Transforms.QuantizeOnnxModel(original, new OnnxQuantizationOptions { Format = format, Form = form }).Fit(data);
        // Blocks of MatMulNBits are whole: a matrix of 4 inputs would grow.
        Assert.InRange(fitted.Report.QuantizedTensors, 1, 2);
        fitted.ExportOnnx(exported);
        float[][] scores = Scores(context, fitted.Transform(data));

        using (var applied = context.Transforms.ApplyOnnxModel("y", "x", exported).Fit(data))
        {
            Same(scores, Scores(context, applied.Transform(data)));
        }
        using var stream = new MemoryStream();
        context.Model.Save(context.Transforms.CopyColumns("x", "Features").Append(context.Transforms.QuantizeOnnxModel(original, new OnnxQuantizationOptions { Format = format, Form = form })).Fit(Data), Data.Schema, stream);
        stream.Position = 0;
        var later = new MLContext();
        Same(scores, Scores(later, later.Model.Load(stream, out _).Transform(Data)));

        using var unquantized = context.Transforms.ApplyOnnxModel("y", "x", original).Fit(data);
        float[][] exact = Scores(context, unquantized.Transform(data));
        Assert.Contains(exact.Zip(scores), pair => pair.First.Zip(pair.Second).Any(value => value.First != value.Second));
    }

    [Fact]
    public void Unknown_inputs_and_outputs_are_named()
    {
        var source = OnnxModelSource.FromFile(Save(Model("n")));
        var catalog = new MLContext().Transforms;
        var error = Assert.Throws<ArgumentException>(() => catalog.QuantizeOnnxModel(new QuantizeOnnxModelOptions { Model = source, Inputs = [new OnnxInputColumn("Features", "nothing")] }).Fit(Data));
        Assert.Contains("'nothing'", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(() => catalog.QuantizeOnnxModel(new QuantizeOnnxModelOptions { Model = source, Outputs = [OnnxOutputColumn.Tensor("Score", "nowhere")] }).Fit(Renamed(new MLContext())));
        Assert.Contains("'nowhere'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named_when_the_estimator_is_made() =>
        Assert.Contains("none.onnx", Assert.Throws<FileNotFoundException>(() => new MLContext().Transforms.QuantizeOnnxModel("none.onnx")).Message, StringComparison.Ordinal);

    private static OnnxModel Model(object batch)
    {
        var graph = new OnnxGraphBuilder("network");
        string hidden = graph.Node("Gemm", [graph.Input("x", DataType.Float, batch, 4), graph.Initializer("w", [40, 4], OnnxSamples.Weights(1, 160)), graph.Initializer("b", [40], OnnxSamples.Weights(2, 40))], (string?)null, new Dictionary<string, object> { ["transB"] = 1 });
        string y = graph.Node("MatMul", [graph.Node("Relu", [hidden]), graph.Initializer("v", [40, 3], OnnxSamples.Weights(3, 120))], "y");
        return OnnxModel.Create(graph.Output(y, DataType.Float, batch, 3).ToModel(13));
    }

    private string Save(OnnxModel model)
    {
        string path = _folder.File("model.onnx");
        using (model)
        {
            model.Save(path);
        }
        return path;
    }

    private static IDataView Renamed(MLContext context) => context.Transforms.CopyColumns("x", "Features").Fit(Data).Transform(Data);

    private static float[][] Scores(MLContext context, IDataView data) =>
        [.. context.Data.CreateEnumerable<Row>(data, false, ignoreMissingColumns: true).Select(row => row.Scores)];

    private static void Same(float[][] expected, float[][] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach (var (first, second) in expected.Zip(actual))
        {
            for (int i = 0; i < first.Length; i++)
            {
                Assert.Equal(first[i], second[i], 1e-4f);
            }
        }
    }

    private static PredictionEngine<Input, Output> PredictOnce(MLContext context, ITransformer model)
    {
        var engine = context.Model.CreatePredictionEngine<Input, Output>(model);
        engine.Predict(new Input());
        return engine;
    }

    private sealed class Row
    {
        [ColumnName("y"), VectorType(1, 3)]
        public float[] Scores { get; set; } = [];
    }

    private sealed class Input
    {
        [VectorType(4)]
        public float[] SparseFeatures { get; set; } = [1, 2, 3, 4];
    }

    private sealed class Output
    {
        [ColumnName("My scores"), VectorType(1, 3)]
        public float[] Scores { get; set; } = [];
    }
}
