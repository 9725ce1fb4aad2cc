// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Protobuf;

namespace MLNetExtensions.Onnx;

/// <summary>Which values a graph makes and which it takes from the graphs around it.</summary>
internal static class GraphScope
{
    /// <summary>The names that a graph itself gives values to: inputs, initializers, outputs of its nodes.</summary>
    public static IEnumerable<string> DefinedBy(GraphProto graph) =>
        graph.Input.Select(input => input.Name)
            .Concat(graph.Initializer.Select(tensor => tensor.Name))
            .Concat(graph.SparseInitializer.Select(sparse => sparse.Values?.Name ?? ""))
            .Concat(graph.Node.SelectMany(node => node.Output))
            .Where(name => name.Length > 0);

    public static bool Defines(GraphProto graph, string name) => DefinedBy(graph).Contains(name, StringComparer.Ordinal);

    /// <summary>What a node reads from its graph: its inputs, and what its subgraphs take from outside.</summary>
    public static IEnumerable<string> ReadBy(NodeProto node) =>
        node.Input.Where(name => name.Length > 0).Concat(GraphWalk.SubgraphsOf(node).SelectMany(TakenFromOutside));

    /// <summary>All names that are read in a graph or its subgraphs, or are outputs of one of them.</summary>
    public static HashSet<string> AllReads(GraphProto graph) =>
        GraphWalk.Graphs(graph)
            .SelectMany(inner => inner.Node.SelectMany(node => node.Input).Concat(inner.Output.Select(output => output.Name)))
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>Renames a value of a graph where it is made, read or described, and in subgraphs that do not redefine it.</summary>
    public static void Rename(GraphProto graph, string from, string to)
    {
        foreach (var value in graph.Input.Concat(graph.Output).Concat(graph.ValueInfo).Where(value => value.Name == from))
        {
            value.Name = to;
        }
        foreach (var tensor in graph.Initializer.Concat(graph.SparseInitializer.Select(sparse => sparse.Values)).Where(tensor => tensor?.Name == from))
        {
            tensor.Name = to;
        }
        foreach (var annotation in graph.QuantizationAnnotation)
        {
            annotation.TensorName = annotation.TensorName == from ? to : annotation.TensorName;
            foreach (var parameter in annotation.QuantParameterTensorNames.Where(parameter => parameter.Value == from))
            {
                parameter.Value = to;
            }
        }
        foreach (var node in graph.Node)
        {
            Replace(node.Input, from, to);
            Replace(node.Output, from, to);
            foreach (var inner in GraphWalk.SubgraphsOf(node).Where(inner => !Defines(inner, from)))
            {
                Rename(inner, from, to);
            }
        }
    }

    private static HashSet<string> TakenFromOutside(GraphProto graph)
    {
        var taken = graph.Node.SelectMany(ReadBy).Concat(graph.Output.Select(output => output.Name)).ToHashSet(StringComparer.Ordinal);
        taken.ExceptWith(DefinedBy(graph));
        return taken;
    }

    private static void Replace(Google.Protobuf.Collections.RepeatedField<string> names, string from, string to)
    {
        for (int i = 0; i < names.Count; i++)
        {
            names[i] = names[i] == from ? to : names[i];
        }
    }
}
