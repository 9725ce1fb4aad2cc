// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;

namespace MLNetExtensions.Quantization.Opsets;

/// <summary>Raises a model to the opset that 4-bit <c>DequantizeLinear</c> needs, where every operator can be kept in meaning.</summary>
internal sealed class OpsetRaise
{
    private readonly OnnxModel _model;
    private readonly List<(GraphProto Graph, IReadOnlyList<NodeProto> Nodes, IReadOnlyList<TensorProto> Constants)> _rewritten = [];

    private OpsetRaise(OnnxModel model) => _model = model;

    /// <summary>Why the model can't be raised, or null.</summary>
    public string? Obstacle { get; private set; }

    /// <summary>Whether the model has the opset already.</summary>
    public bool IsNeedless => OnnxVersions.OpsetOf(_model.Proto) >= OperatorChanges.Target;

    /// <summary>Finds out what there is to do. The model does not change.</summary>
    public static OpsetRaise Plan(OnnxModel model, GraphEditor editor)
    {
        var raise = new OpsetRaise(model);
        long opset = OnnxVersions.OpsetOf(model.Proto);
        if (raise.IsNeedless)
        {
            return raise;
        }
        if (opset < OperatorChanges.Oldest)
        {
            raise.Obstacle = $"opset {opset} is older than {OperatorChanges.Oldest}, the oldest whose operators are known";
        }
        else if (model.Proto.Functions.Count > 0)
        {
            raise.Obstacle = $"the model defines operators of its own ('{model.Proto.Functions[0].Name}'), which have an opset of their own";
        }
        else
        {
            var scope = new RaiseScope(model, editor);
            foreach (var graph in GraphWalk.Graphs(model.Proto))
            {
                raise.Obstacle ??= raise.Rewrite(graph, (int)opset, scope);
            }
        }
        return raise;
    }

    /// <summary>Carries out what <see cref="Plan"/> found.</summary>
    public void Apply()
    {
        // Inner graphs come after outer ones in the list, and an outer graph's rewritten nodes share their attributes with the old ones.
        foreach (var (graph, nodes, constants) in _rewritten)
        {
            graph.Node.Clear();
            graph.Node.Add(nodes);
            graph.Initializer.Add(constants);
        }
        foreach (var import in _model.Proto.OpsetImport.Where(import => import.Domain is "" or "ai.onnx"))
        {
            import.Version = OperatorChanges.Target;
        }
    }

    private string? Rewrite(GraphProto graph, int opset, RaiseScope scope)
    {
        List<NodeProto> nodes = [];
        List<TensorProto> constants = [];
        foreach (var node in graph.Node)
        {
            var current = node;
            if (node.Domain is "" or "ai.onnx")
            {
                if (!OperatorChanges.Knows(node.OpType))
                {
                    return $"{NameOf(node)}: what opset {OperatorChanges.Target} makes of this operator is not known";
                }
                for (int at = opset; OperatorChanges.NextAfter(current.OpType, at) is { } change; at = change.Opset)
                {
                    if (change.HasRule)
                    {
                        current = ReferenceEquals(current, node) ? ShallowCopy(node) : current;
                        if (ChangeRules.Apply(current, change.Opset, scope) is { } objection)
                        {
                            return $"{NameOf(node)}: at opset {change.Opset} {objection}";
                        }
                    }
                }
            }
            nodes.AddRange(scope.Before);
            nodes.Add(current);
            nodes.AddRange(scope.After);
            constants.AddRange(scope.Constants);
            scope.Before.Clear();
            scope.After.Clear();
            scope.Constants.Clear();
        }
        _rewritten.Add((graph, nodes, constants));
        return null;
    }

    private static string NameOf(NodeProto node) => $"{node.OpType} '{(node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault())}'";

    /// <summary>A copy that shares the attributes, so that graphs nested in it stay the same objects.</summary>
    private static NodeProto ShallowCopy(NodeProto node)
    {
        NodeProto copy = new() { OpType = node.OpType };
        if (node.HasName)
        {
            copy.Name = node.Name;
        }
        if (node.HasDomain)
        {
            copy.Domain = node.Domain;
        }
        if (node.HasDocString)
        {
            copy.DocString = node.DocString;
        }
        copy.Input.Add(node.Input);
        copy.Output.Add(node.Output);
        copy.Attribute.Add(node.Attribute);
        copy.MetadataProps.Add(node.MetadataProps);
        return copy;
    }
}
