// SPDX-License-Identifier: MIT
namespace Microsoft.ML.Transforms.Onnx;

/// <summary>What an ONNX model is scored with.</summary>
public sealed class OnnxOptions
{
    public string ModelFile;
    public string[] InputColumns;
    public string[] OutputColumns;
    public int? GpuDeviceId;
    public bool FallbackToCpu;
    public IDictionary<string, int[]> ShapeDictionary;
    public int RecursionLimit = 100;
    public int? InterOpNumThreads;
    public int? IntraOpNumThreads;
}
