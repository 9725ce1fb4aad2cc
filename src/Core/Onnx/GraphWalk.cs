// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Protobuf;

namespace MLNetExtensions.Onnx;

/// <summary>Everything of a kind in a model, wherever it is nested: in subgraphs of <c>If</c>, <c>Loop</c> and <c>Scan</c>, in functions, in training information.</summary>
public static class GraphWalk
{
    /// <summary>The main graph, graphs of training information, and all graphs nested in nodes, an outer graph before its inner ones.</summary>
    public static IEnumerable<GraphProto> Graphs(ModelProto model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var inFunctions = model.Functions.SelectMany(function => function.Node.SelectMany(SubgraphsOf).Concat(function.AttributeProto.SelectMany(SubgraphsOf)));
        return TopGraphs(model).Concat(inFunctions).SelectMany(Graphs);
    }

    /// <summary>A graph and all graphs nested in its nodes, an outer graph before its inner ones.</summary>
    public static IEnumerable<GraphProto> Graphs(GraphProto graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var waiting = new Stack<GraphProto>([graph]);
        while (waiting.TryPop(out var next))
        {
            yield return next;
            foreach (var inner in next.Node.SelectMany(SubgraphsOf).Reverse())
            {
                waiting.Push(inner);
            }
        }
    }

    /// <summary>The graphs that a node holds directly, such as the two branches of an <c>If</c>.</summary>
    public static IEnumerable<GraphProto> SubgraphsOf(NodeProto node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.Attribute.SelectMany(SubgraphsOf);
    }

    /// <summary>All nodes of the model, those of subgraphs and functions included.</summary>
    public static IEnumerable<NodeProto> Nodes(ModelProto model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Graphs(model).SelectMany(graph => graph.Node).Concat(model.Functions.SelectMany(function => function.Node));
    }

    /// <summary>All tensors: initializers, the parts of sparse ones, and, if asked for, those in attributes of nodes and functions.</summary>
    public static IEnumerable<TensorProto> Tensors(ModelProto model, bool attributes = true)
    {
        ArgumentNullException.ThrowIfNull(model);
        var tensors = Graphs(model).SelectMany(graph => graph.Initializer.Concat(graph.SparseInitializer.SelectMany(PartsOf)));
        return attributes
            ? tensors.Concat(Nodes(model).SelectMany(node => node.Attribute).Concat(model.Functions.SelectMany(function => function.AttributeProto)).SelectMany(TensorsOf))
            : tensors;
    }

    /// <summary>The tensors that an attribute holds directly, the parts of sparse ones included.</summary>
    public static IEnumerable<TensorProto> TensorsOf(AttributeProto attribute)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        IEnumerable<TensorProto> single = attribute.T is null ? [] : [attribute.T];
        IEnumerable<SparseTensorProto> sparse = attribute.SparseTensor is null ? attribute.SparseTensors : attribute.SparseTensors.Prepend(attribute.SparseTensor);
        return single.Concat(attribute.Tensors).Concat(sparse.SelectMany(PartsOf));
    }

    /// <summary>The element types of all values whose tensor type is written down: inputs, outputs and those between.</summary>
    internal static IEnumerable<int> ValueTypes(ModelProto model) =>
        from graph in Graphs(model)
        from value in graph.Input.Concat(graph.Output).Concat(graph.ValueInfo)
        where value.Type?.TensorType is not null
        select value.Type.TensorType.ElemType;

    private static IEnumerable<GraphProto> SubgraphsOf(AttributeProto attribute) =>
        attribute.G is null ? attribute.Graphs : attribute.Graphs.Prepend(attribute.G);

    private static IEnumerable<GraphProto> TopGraphs(ModelProto model)
    {
        if (model.Graph is not null)
        {
            yield return model.Graph;
        }
        foreach (var training in model.TrainingInfo)
        {
            if (training.Initialization is not null)
            {
                yield return training.Initialization;
            }
            if (training.Algorithm is not null)
            {
                yield return training.Algorithm;
            }
        }
    }

    private static IEnumerable<TensorProto> PartsOf(SparseTensorProto sparse)
    {
        if (sparse.Values is not null)
        {
            yield return sparse.Values;
        }
        if (sparse.Indices is not null)
        {
            yield return sparse.Indices;
        }
    }
}
