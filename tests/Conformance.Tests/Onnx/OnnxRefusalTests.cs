// SPDX-License-Identifier: MIT
using Microsoft.ML;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Conformance.Tests.Onnx;

public sealed class OnnxRefusalTests
{
    private static readonly MLContext Context = ModelFile.Context;

    [Theory]
    [InlineData(DataType.Float16, new byte[] { 0, 0x3C }, "Float16")]
    [InlineData(DataType.Bfloat16, new byte[] { 0x80, 0x3F }, "Bfloat16")]
    [InlineData(DataType.Uint4, new byte[] { 1 }, "21")]
    [InlineData(DataType.Int4, new byte[] { 1 }, "22")]
    public void Half_floats_and_four_bits_are_refused_as_initializers_and_not_as_constants(DataType type, byte[] one, string name)
    {
        using ModelFile initializer = ModelFile.WithConstant(type, one, initializer: true);
        Assert.Equal($"InvalidOperationException: Unsupported ONNX scalar type: {name}", Describe.Error(() => Context.Transforms.ApplyOnnxModel("score_", "Features", initializer.Path)));
        using ModelFile constant = ModelFile.WithConstant(type, one, initializer: false);
        var estimator = Context.Transforms.ApplyOnnxModel("score_", "Features", constant.Path);
        Assert.Equal("[1]; [2]; [3]", Describe.Values(estimator.Fit(ModelFile.Rows).Transform(ModelFile.Rows), "score_"));
    }

    [Theory]
    [InlineData(DataType.Uint8, new byte[] { 1 })]
    [InlineData(DataType.Int16, new byte[] { 1, 0 })]
    [InlineData(DataType.Int64, new byte[] { 1, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(DataType.Bool, new byte[] { 1 })]
    public void Other_initializers_are_taken(DataType type, byte[] one)
    {
        using ModelFile model = ModelFile.WithConstant(type, one, initializer: true);
        Assert.Equal("[1]; [2]; [3]", Describe.Values(Context.Transforms.ApplyOnnxModel(model.Path).Fit(ModelFile.Rows).Transform(ModelFile.Rows), "score_"));
    }

    [Fact]
    public void Half_floats_are_refused_as_inputs_and_outputs()
    {
        using ModelFile model = ModelFile.Identity(DataType.Float16, "N", 1);
        Assert.Equal("InvalidOperationException: Unsupported ONNX scalar type: Float16", Describe.Error(() => Context.Transforms.ApplyOnnxModel(model.Path)));
    }

    [Fact]
    public void Absent_and_broken_files_are_named()
    {
        Assert.Equal("IOException: Model file nope.onnx does not exists.", Describe.Error(() => Context.Transforms.ApplyOnnxModel("score_", "Features", "nope.onnx")));
        Assert.Equal("ArgumentOutOfRangeException: ModelFile cannot be null or white space (Parameter 'ModelFile')", Describe.Error(() => Context.Transforms.ApplyOnnxModel((string)null!)));
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(path, "not a model");
        try
        {
            Assert.StartsWith(
                $"InvalidOperationException: Error initializing model :Microsoft.ML.OnnxRuntime.OnnxRuntimeException: [ErrorCode:InvalidProtobuf] Load model from {path} failed:Protobuf parsing failed.",
                Describe.Error(() => Context.Transforms.ApplyOnnxModel(path)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Unknown_outputs_are_refused_at_once_and_unknown_inputs_by_Fit()
    {
        using ModelFile model = ModelFile.Linear();
        Assert.Equal(
            "ArgumentOutOfRangeException: name (Parameter 'Ouput tensor, zzz, does not exist in the ONNX model. Available output names are [score_].')\nActual value was zzz.",
            Describe.Error(() => Context.Transforms.ApplyOnnxModel("zzz", "Features", model.Path)).ReplaceLineEndings("\n"));
        Assert.StartsWith(
            "ArgumentOutOfRangeException: name (Parameter 'Input tensor, Nope, does not exist in the ONNX model. Available input names are [Features].",
            Describe.Error(() => Context.Transforms.ApplyOnnxModel("score_", "Nope", model.Path).Fit(ModelFile.Rows)));
    }

    [Fact]
    public void Absent_and_wrong_columns_are_refused_by_Fit_and_by_the_promised_schema()
    {
        using ModelFile model = ModelFile.Linear();
        var estimator = Context.Transforms.ApplyOnnxModel("score_", "Features", model.Path);
        Assert.Equal(
            "ArgumentOutOfRangeException: Could not find input column 'Features' (Parameter 'inputSchema')",
            Describe.Error(() => estimator.Fit(Context.Transforms.DropColumns("Features").Fit(ModelFile.Rows).Transform(ModelFile.Rows))));
        Assert.Equal("ArgumentOutOfRangeException: Could not find input column 'Features' (Parameter 'inputSchema')", Describe.Error(() => estimator.GetOutputSchema(new SchemaShape([]))));
        Assert.Equal("ArgumentOutOfRangeException: Schema mismatch for input column 'Features': expected Single, got String (Parameter 'inputSchema')", FitOn("Text"));
        Assert.Equal("InvalidOperationException: Input shape mismatch: Input 'Features' has shape 1,5, but input data is of length 1.", FitOn("One"));

        string FitOn(string column) => Describe.Error(() => estimator.Fit(Context.Transforms.CopyColumns("Features", column).Fit(ModelFile.Rows).Transform(ModelFile.Rows)));
    }
}
