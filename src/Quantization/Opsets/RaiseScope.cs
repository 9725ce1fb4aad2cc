// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Quantization.Opsets;

/// <summary>What a rule may ask about the graph around a node, and where it puts what it adds.</summary>
internal sealed class RaiseScope
{
    private readonly OnnxModel _model;
    private readonly GraphEditor _editor;
    private readonly bool _isSinglePrecision;
    private readonly Dictionary<string, ValueInfoProto> _values;
    private readonly Dictionary<string, TensorProto> _constants;

    public RaiseScope(OnnxModel model, GraphEditor editor)
    {
        _model = model;
        _editor = editor;
        GraphProto[] graphs = [.. GraphWalk.Graphs(model.Proto)];
        _values = graphs.SelectMany(graph => graph.Input.Concat(graph.Output).Concat(graph.ValueInfo)).DistinctBy(value => value.Name).ToDictionary(value => value.Name);
        _constants = graphs.SelectMany(graph => graph.Initializer)
            .Concat(graphs.SelectMany(graph => graph.Node).Where(node => node.OpType == "Constant" && node.Find("value")?.T is not null).Select(Named))
            .DistinctBy(tensor => tensor.Name).ToDictionary(tensor => tensor.Name);
        _isSinglePrecision = !_values.Values.Select(value => value.Type?.TensorType?.ElemType ?? 0).Concat(GraphWalk.Tensors(model.Proto).Select(tensor => tensor.DataType))
            .Any(type => (DataType)type is DataType.Float16 or DataType.Double or DataType.Bfloat16);
    }

    /// <summary>Nodes to stand before the one in work.</summary>
    public List<NodeProto> Before { get; } = [];

    /// <summary>Nodes to stand after the one in work.</summary>
    public List<NodeProto> After { get; } = [];

    /// <summary>Constants that the node in work reads from now on.</summary>
    public List<TensorProto> Constants { get; } = [];

    public string NewName(NodeProto node, string role) => _editor.UniqueName($"{(node.Name.Length > 0 ? node.Name : node.Output[0])}_{role}");

    public string Constant(NodeProto node, string role, ReadOnlySpan<long> values, bool isScalar) =>
        Add(OnnxTypes.Tensor(NewName(node, role), isScalar ? [] : [values.Length], values));

    public string Constant(NodeProto node, string role, ReadOnlySpan<float> values, bool isScalar = true) =>
        Add(OnnxTypes.Tensor(NewName(node, role), isScalar ? [] : [values.Length], values));

    /// <summary>The number of dimensions of a value, or null where the model does not say.</summary>
    public int? RankOf(string name) =>
        _constants.TryGetValue(name, out var tensor) ? tensor.Dims.Count
        : _values.TryGetValue(name, out var value) && value.Type?.TensorType?.Shape is { } shape ? shape.Dim.Count
        : null;

    /// <summary>Whether a value surely is of 32-bit floats (or whether the model has no other).</summary>
    public bool IsSinglePrecision(string name) =>
        _values.TryGetValue(name, out var value) && value.Type?.TensorType is { ElemType: > 0 } type ? type.ElemType == (int)DataType.Float : _isSinglePrecision;

    /// <summary>The numbers of a constant, or null where the value is none.</summary>
    public float[]? SinglesOf(string name)
    {
        var tensor = Constants.Find(constant => constant.Name == name) ?? _constants.GetValueOrDefault(name);
        if (tensor is null || tensor.DataType != (int)DataType.Float)
        {
            return null;
        }
        float[] values = new float[TensorElements.ElementCount(tensor)];
        TensorElements.ReadSingles(tensor, _model.DataOf(tensor), 0, values);
        return values;
    }

    private static TensorProto Named(NodeProto constant)
    {
        var tensor = constant.Find("value")!.T;
        return tensor.Name == constant.Output[0] ? tensor : WithName(tensor, constant.Output[0]);
    }

    private static TensorProto WithName(TensorProto tensor, string name)
    {
        var copy = tensor.Clone();
        copy.Name = name;
        return copy;
    }

    private string Add(TensorProto tensor)
    {
        Constants.Add(tensor);
        return tensor.Name;
    }
}
