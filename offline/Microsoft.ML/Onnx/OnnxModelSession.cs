// SPDX-License-Identifier: MIT
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.StandIn;

/// <summary>A model, open in ONNX Runtime, and the bytes that it came from.</summary>
internal sealed class OnnxModelSession : IDisposable
{
    private InferenceSession _session;

    private OnnxModelSession(byte[] bytes, Func<InferenceSession> open, IDictionary<string, int[]> shapes)
    {
        Bytes = bytes;
        try
        {
            _session = open();
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidOperationException($"Error initializing model :{exception}", exception);
        }

        try
        {
            OnnxGraphFacts facts = OnnxGraphFacts.Read(bytes);
            facts.InitializerTypes.ForEach(type => OnnxElementTypes.ItemOf(type));
            SlotNames = facts.SlotNames;
            Inputs = [.. _session.InputMetadata.Select(m => OnnxTensor.Of(m.Key, m.Value, shapes))];
            Outputs = [.. _session.OutputMetadata.Select(m => OnnxTensor.Of(m.Key, m.Value, shapes, facts.OutputDimensions.GetValueOrDefault(m.Key)))];
            Overridable = [.. _session.OverridableInitializerMetadata.Select(m => OnnxTensor.Of(m.Key, m.Value, shapes))];
        }
        catch
        {
            _session.Dispose();
            throw;
        }
    }

    internal byte[] Bytes { get; }

    internal IReadOnlyList<OnnxTensor> Inputs { get; }

    internal IReadOnlyList<OnnxTensor> Outputs { get; }

    /// <summary>Initializers that may be given as inputs.</summary>
    internal IReadOnlyList<OnnxTensor> Overridable { get; }

    internal IReadOnlyDictionary<string, string[]> SlotNames { get; }

    internal InferenceSession Session => _session ?? throw new ObjectDisposedException(nameof(Transforms.Onnx.OnnxTransformer));

    internal bool IsDisposed => _session is null;

    internal static OnnxModelSession OpenFile(string path, OnnxModelOptions options)
    {
        using SessionOptions session = options.ToSessionOptions();
        return new OnnxModelSession(File.ReadAllBytes(path), () => new InferenceSession(path, session), options.Shapes);
    }

    internal static OnnxModelSession OpenBytes(byte[] bytes, OnnxModelOptions options)
    {
        using SessionOptions session = options.ToSessionOptions();
        return new OnnxModelSession(bytes, () => new InferenceSession(bytes, session), options.Shapes);
    }

    /// <summary>The input of this name, or the initializer that it overrides.</summary>
    internal OnnxTensor Input(string name)
        => Inputs.FirstOrDefault(t => t.Name == name) ?? Overridable.FirstOrDefault(t => t.Name == name) ?? throw Absent(
            name, $"Input tensor, {name}, does not exist in the ONNX model. Available input names are [{Names(Inputs)}]. Available initializers are [{Names(Overridable)}]");

    internal OnnxTensor Output(string name)
        => Outputs.FirstOrDefault(t => t.Name == name)
            ?? throw Absent(name, $"Ouput tensor, {name}, does not exist in the ONNX model. Available output names are [{Names(Outputs)}].");

    public void Dispose()
    {
        _session?.Dispose();
        _session = null;
    }

    // The real packages put the text where the parameter's name belongs, misspelled.
    private static ArgumentOutOfRangeException Absent(string name, string text) => new(text, name, "name");

    private static string Names(IEnumerable<OnnxTensor> tensors) => string.Join(',', tensors.Select(t => t.Name));
}
