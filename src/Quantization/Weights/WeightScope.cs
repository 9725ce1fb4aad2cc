// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Protobuf;

namespace MLNetExtensions.Quantization.Weights;

/// <summary>What the names of a graph stand for, and, where they are not its own, those of the graphs around it.</summary>
internal sealed class WeightScope(WeightScope? outer)
{
    private readonly Dictionary<string, IReadOnlyList<WeightTrace>> _traces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorProto> _integers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _own = new(StringComparer.Ordinal);

    public void Define(string name, IReadOnlyList<WeightTrace>? traces = null)
    {
        _own.Add(name);
        if (traces is { Count: > 0 })
        {
            _traces[name] = traces;
        }
    }

    public void DefineIntegers(string name, TensorProto tensor)
    {
        _own.Add(name);
        _integers[name] = tensor;
    }

    /// <summary>The weights that a value is made of; none where it is something else.</summary>
    public IReadOnlyList<WeightTrace> TracesOf(string name) =>
        _own.Contains(name) ? _traces.GetValueOrDefault(name, []) : outer?.TracesOf(name) ?? [];

    /// <summary>The constant integers of a name; null where it is something else.</summary>
    public TensorProto? IntegersOf(string name) => _own.Contains(name) ? _integers.GetValueOrDefault(name) : outer?.IntegersOf(name);
}
