// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.Quantization.Opsets;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Quantization.Weights;

/// <summary>Finds the constant tensors of floating-point numbers of a model, in subgraphs too, and the operators that read them.</summary>
internal sealed class WeightFinder
{
    private const long MostShapeElements = 64;

    private readonly OnnxModel _model;
    private readonly Dictionary<string, int> _readers = new(StringComparer.Ordinal);
    private readonly List<WeightTensor> _weights = [];

    private WeightFinder(OnnxModel model)
    {
        _model = model;
        foreach (var graph in GraphWalk.Graphs(model.Proto.Graph))
        {
            foreach (string name in graph.Node.SelectMany(node => node.Input).Concat(graph.Output.Select(output => output.Name)))
            {
                _readers[name] = _readers.GetValueOrDefault(name) + 1;
            }
        }
    }

    /// <summary>All of them with more than one element, in the order of the model.</summary>
    public static IReadOnlyList<WeightTensor> Find(OnnxModel model)
    {
        var finder = new WeightFinder(model);
        if (model.Proto.Graph is { } graph)
        {
            finder.Visit(graph, null);
        }
        return finder._weights;
    }

    private void Visit(GraphProto graph, WeightScope? outer)
    {
        var scope = new WeightScope(outer);
        var inputs = graph.Input.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var input in graph.Input)
        {
            scope.Define(input.Name);
        }
        // From IR version 4 on, an initializer that is an input too is only that input's default.
        bool inputsReplace = _model.Proto.IrVersion >= 4;
        foreach (var tensor in graph.Initializer)
        {
            bool isReplaceable = inputsReplace && inputs.Contains(tensor.Name);
            if (!isReplaceable || tensor.DataType != (int)DataType.Int64)
            {
                Define(scope, tensor.Name, tensor, () => new WeightTensor(graph, tensor, null) { IsReplaceable = isReplaceable });
            }
        }
        foreach (var node in graph.Node)
        {
            VisitNode(graph, node, scope);
        }
        foreach (var output in graph.Output)
        {
            foreach (var trace in scope.TracesOf(output.Name).Where(trace => trace.IsDirect))
            {
                trace.Weight.IsReadElsewhere = true;
            }
        }
    }

    private void VisitNode(GraphProto graph, NodeProto node, WeightScope scope)
    {
        if (node.OpType == "Constant" && node.Domain is "" or "ai.onnx" && node.Output.Count == 1 && node.Find("value")?.T is { } value)
        {
            Define(scope, node.Output[0], value, () => new WeightTensor(graph, value, node));
            return;
        }
        if (FoldsInto(graph, node, scope) is { } folded)
        {
            scope.Define(node.Output[0], [WeightTrace.Start(folded)]);
            return;
        }
        List<WeightTrace> leaving = [];
        for (int input = 0; input < node.Input.Count; input++)
        {
            foreach (var trace in scope.TracesOf(node.Input[input]))
            {
                if (trace.Through(node, input, name => Integers(scope.IntegersOf(name))) is { } through)
                {
                    // What it moves may end as an output, or be read by nobody: no use tells of this reader then.
                    trace.Weight.IsReadElsewhere |= trace.IsDirect;
                    leaving.Add(through);
                }
                else
                {
                    trace.Weight.Uses.Add(new WeightUse(graph, node, input, trace.Axes, trace.IsDirect));
                }
            }
        }
        foreach (string output in node.Output.Where(output => output.Length > 0))
        {
            scope.Define(output, leaving);
        }
        foreach (var inner in GraphWalk.SubgraphsOf(node))
        {
            Visit(inner, scope);
        }
    }

    private void Define(WeightScope scope, string name, TensorProto tensor, Func<WeightTensor> make)
    {
        if (tensor.DataType == (int)DataType.Int64)
        {
            scope.DefineIntegers(name, tensor);
        }
        else if (TensorElements.AreFloats(tensor.DataType) && TensorElements.ElementCount(tensor) > 1)
        {
            var weight = make();
            _weights.Add(weight);
            scope.Define(name, [WeightTrace.Start(weight)]);
        }
        else
        {
            scope.Define(name);
        }
    }

    /// <summary>The tensor of which this node is the only reader and which it only shows in another shape; null for any other node.</summary>
    private WeightTensor? FoldsInto(GraphProto graph, NodeProto node, WeightScope scope)
    {
        if (node.Domain is not ("" or "ai.onnx") || node.Input.Count == 0 || node.Output.Count != 1
            || scope.TracesOf(node.Input[0]) is not [{ IsDirect: true, Weight: var weight }]
            || !ReferenceEquals(weight.Graph, graph) || weight.IsReplaceable || _readers[node.Input[0]] > 1 || graph.Output.Any(output => output.Name == node.Output[0]))
        {
            return null;
        }
        long[] seen = weight.Dimensions;
        switch (node.OpType)
        {
            case "Identity":
                weight.Fold(node, seen, false);
                return weight;
            case "Reshape" when !weight.IsTransposed && node.Input.Count == 2 && Reshaped(seen, weight.Elements, Integers(scope.IntegersOf(node.Input[1])), node) is { } shape:
                weight.Fold(node, shape, false);
                return weight;
            case "Transpose" when seen.Length == 2 && (node.Find("perm")?.Ints is not { } permutation || permutation.SequenceEqual([1L, 0L])):
                weight.Fold(node, [seen[1], seen[0]], true);
                return weight;
            default:
                return null;
        }
    }

    private static long[]? Reshaped(long[] seen, long elements, long[]? wanted, NodeProto node)
    {
        if (wanted is null || wanted.Length == 0 || node.Integer("allowzero", 0) != 0)
        {
            return null;
        }
        long[] shape = [.. wanted.Select((size, axis) => size == 0 && axis < seen.Length ? seen[axis] : size)];
        Int128 known = shape.Where(size => size != -1).Aggregate((Int128)1, (product, size) => product * size);
        if (shape.Count(size => size == -1) == 1 && known > 0 && elements % known == 0)
        {
            shape[Array.IndexOf(shape, -1)] = (long)(elements / known);
            known = elements;
        }
        return known == elements && shape.All(size => size > 0) ? shape : null;
    }

    private long[]? Integers(TensorProto? tensor)
    {
        if (tensor is null || TensorElements.ElementCount(tensor) > MostShapeElements)
        {
            return null;
        }
        byte[] bytes = _model.DataOf(tensor).ToArray();
        long[] values = new long[bytes.Length / sizeof(long)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(i * sizeof(long)));
        }
        return values;
    }
}
