// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;

namespace MLNetExtensions.Quantization.Weights;

/// <summary>A constant tensor of floating-point numbers, where it stands and who reads it.</summary>
internal sealed class WeightTensor
{
    public WeightTensor(GraphProto graph, TensorProto tensor, NodeProto? constant)
    {
        Graph = graph;
        Tensor = tensor;
        Constant = constant;
        Name = constant?.Output[0] ?? tensor.Name;
        Value = Name;
        Dimensions = [.. tensor.Dims];
        Elements = TensorElements.ElementCount(tensor);
    }

    /// <summary>The graph that holds it.</summary>
    public GraphProto Graph { get; }

    public TensorProto Tensor { get; }

    /// <summary>The Constant node that holds it; null for an initializer.</summary>
    public NodeProto? Constant { get; }

    /// <summary>The name under which the model holds it.</summary>
    public string Name { get; }

    public long Elements { get; }

    /// <summary>Nodes between the tensor and its readers that are folded into it: Identity, Reshape, Transpose of a matrix.</summary>
    public List<NodeProto> Folded { get; } = [];

    /// <summary>The name of what its readers read: its own, or the output of the last folded node.</summary>
    public string Value { get; private set; }

    /// <summary>The dimensions that its readers see.</summary>
    public long[] Dimensions { get; private set; }

    /// <summary>Whether the readers see the matrix transposed.</summary>
    public bool IsTransposed { get; private set; }

    /// <summary>The readers, in the order of the graph.</summary>
    public List<WeightUse> Uses { get; } = [];

    /// <summary>Whether the model's caller may feed another tensor in its place.</summary>
    public bool IsReplaceable { get; init; }

    /// <summary>Whether the tensor itself is an output of a graph, or enters a node that only moves it about.</summary>
    public bool IsReadElsewhere { get; set; }

    public void Fold(NodeProto node, long[] dimensions, bool transposes)
    {
        Folded.Add(node);
        Value = node.Output[0];
        Dimensions = dimensions;
        IsTransposed ^= transposes;
    }
}
