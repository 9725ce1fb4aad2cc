// SPDX-License-Identifier: MIT
using Microsoft.ML.StandIn;
using Microsoft.ML.Transforms.Onnx;

namespace Microsoft.ML;

/// <summary>Scores ONNX models.</summary>
public static class OnnxCatalog
{
    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => OfFile(modelFile, null, null, new(null, gpuDeviceId, fallbackToCpu));

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, Stream modelBytes, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => OfStream(modelBytes, null, null, new(null, gpuDeviceId, fallbackToCpu));

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog, string modelFile, IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => OfFile(modelFile, null, null, new(shapeDictionary, gpuDeviceId, fallbackToCpu));

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog, Stream modelBytes, IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => OfStream(modelBytes, null, null, new(shapeDictionary, gpuDeviceId, fallbackToCpu));

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => OfFile(modelFile, [outputColumnName], [inputColumnName], new(null, gpuDeviceId, fallbackToCpu));

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, Stream modelBytes, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => OfStream(modelBytes, [outputColumnName], [inputColumnName], new(null, gpuDeviceId, fallbackToCpu));

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, OnnxOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return OfFile(
            options.ModelFile,
            options.OutputColumns,
            options.InputColumns,
            new(options.ShapeDictionary, options.GpuDeviceId, options.FallbackToCpu, options.InterOpNumThreads, options.IntraOpNumThreads));
    }

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string modelFile, IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => OfFile(modelFile, [outputColumnName], [inputColumnName], new(shapeDictionary, gpuDeviceId, fallbackToCpu));

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, Stream modelBytes, IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => OfStream(modelBytes, [outputColumnName], [inputColumnName], new(shapeDictionary, gpuDeviceId, fallbackToCpu));

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => OfFile(modelFile, outputColumnNames, inputColumnNames, new(null, gpuDeviceId, fallbackToCpu));

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, Stream modelBytes, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => OfStream(modelBytes, outputColumnNames, inputColumnNames, new(null, gpuDeviceId, fallbackToCpu));

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, string modelFile, IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => OfFile(modelFile, outputColumnNames, inputColumnNames, new(shapeDictionary, gpuDeviceId, fallbackToCpu));

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, Stream modelBytes, IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => OfStream(modelBytes, outputColumnNames, inputColumnNames, new(shapeDictionary, gpuDeviceId, fallbackToCpu));

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, string modelFile, IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false, int recursionLimit = 100)
        => OfFile(modelFile, outputColumnNames, inputColumnNames, new(shapeDictionary, gpuDeviceId, fallbackToCpu));

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, Stream modelBytes, IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false, int recursionLimit = 100)
        => OfStream(modelBytes, outputColumnNames, inputColumnNames, new(shapeDictionary, gpuDeviceId, fallbackToCpu));

    private static OnnxScoringEstimator OfFile(string path, string[] outputs, string[] inputs, OnnxModelOptions options)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw NoModel();
        }

        return File.Exists(path)
            ? new OnnxScoringEstimator(new OnnxTransformer(OnnxModelSession.OpenFile(path, options), options, outputs, inputs))
            : throw new IOException($"Model file {path} does not exists.");
    }

    private static OnnxScoringEstimator OfStream(Stream stream, string[] outputs, string[] inputs, OnnxModelOptions options)
    {
        if (stream is null)
        {
            throw NoModel();
        }

        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return new OnnxScoringEstimator(new OnnxTransformer(OnnxModelSession.OpenBytes(copy.ToArray(), options), options, outputs, inputs));
    }

    private static ArgumentOutOfRangeException NoModel() => new("ModelFile", "ModelFile cannot be null or white space");
}
