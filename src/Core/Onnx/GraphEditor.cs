// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Protobuf;

namespace MLNetExtensions.Onnx;

/// <summary>
/// Edits the graphs of a model and keeps them valid: new names clash with none of the model, new nodes stand before their readers,
/// a value seen from subgraphs is renamed there as well.
/// </summary>
/// <remarks>It works on the messages that it was given. Not safe for use by several threads.</remarks>
public sealed class GraphEditor
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _nodeNames = new(StringComparer.Ordinal);

    /// <summary>Prepares to edit a model.</summary>
    public GraphEditor(ModelProto model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
        foreach (var graph in GraphWalk.Graphs(model))
        {
            _names.UnionWith(graph.Initializer.Select(tensor => tensor.Name));
            _names.UnionWith(graph.SparseInitializer.Select(sparse => sparse.Values?.Name ?? ""));
            _names.UnionWith(graph.Input.Concat(graph.Output).Concat(graph.ValueInfo).Select(value => value.Name));
        }
        foreach (var node in GraphWalk.Nodes(model))
        {
            _names.UnionWith(node.Input);
            _names.UnionWith(node.Output);
            _nodeNames.Add(node.Name);
        }
    }

    /// <summary>The model that is edited.</summary>
    public ModelProto Model { get; }

    /// <summary>A name for a value that no graph of the model uses; it is taken from then on.</summary>
    public string UniqueName(string wanted) => Free(wanted, _names);

    /// <summary>A name for a node that no graph of the model uses; it is taken from then on.</summary>
    public string UniqueNodeName(string wanted) => Free(wanted, _nodeNames);

    /// <summary>The initializer of that name in this graph, null if there is none.</summary>
    public static TensorProto? FindInitializer(GraphProto graph, string name)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return graph.Initializer.FirstOrDefault(tensor => tensor.Name == name);
    }

    /// <summary>The node of this graph that makes the value, null if none does.</summary>
    public static NodeProto? FindProducer(GraphProto graph, string name)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return graph.Node.FirstOrDefault(node => node.Output.Contains(name));
    }

    /// <summary>The nodes that read a value of a graph, those in subgraphs that see it included, each with the graph that it stands in.</summary>
    public static IEnumerable<(GraphProto Graph, NodeProto Node)> Readers(GraphProto graph, string name)
    {
        ArgumentNullException.ThrowIfNull(graph);
        foreach (var node in graph.Node)
        {
            if (node.Input.Contains(name))
            {
                yield return (graph, node);
            }
            foreach (var inner in GraphWalk.SubgraphsOf(node).Where(inner => !GraphScope.Defines(inner, name)).SelectMany(inner => Readers(inner, name)))
            {
                yield return inner;
            }
        }
    }

    /// <summary>Whether a value of the graph is read by a node, in subgraphs included, or is an output of the graph or of a subgraph that sees it.</summary>
    public static bool IsUsed(GraphProto graph, string name)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return graph.Output.Any(output => output.Name == name)
            || graph.Node.Any(node => node.Input.Contains(name) || GraphWalk.SubgraphsOf(node).Any(inner => !GraphScope.Defines(inner, name) && IsUsed(inner, name)));
    }

    /// <summary>Inserts nodes, in the order given, before the first node that reads one of their outputs, and after all that make their inputs.</summary>
    /// <exception cref="ArgumentException">A reader of the new nodes stands before a node that they read: no place is right.</exception>
    public static void Insert(GraphProto graph, params NodeProto[] nodes)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(nodes);
        var made = nodes.SelectMany(node => node.Output).Where(output => output.Length > 0).ToHashSet(StringComparer.Ordinal);
        var read = nodes.SelectMany(GraphScope.ReadBy).ToHashSet(StringComparer.Ordinal);
        int firstReader = graph.Node.Count, afterProducers = 0;
        for (int i = graph.Node.Count - 1; i >= 0; i--)
        {
            if (GraphScope.ReadBy(graph.Node[i]).Any(made.Contains))
            {
                firstReader = i;
            }
            if (afterProducers == 0 && graph.Node[i].Output.Any(read.Contains))
            {
                afterProducers = i + 1;
            }
        }
        if (afterProducers > firstReader)
        {
            throw new ArgumentException($"Node '{graph.Node[firstReader].Name}' reads '{string.Join("', '", made)}' but stands before a node that those depend on.", nameof(nodes));
        }
        for (int i = 0; i < nodes.Length; i++)
        {
            graph.Node.Insert(firstReader + i, nodes[i]);
        }
    }

    /// <summary>
    /// Puts nodes in the place of an initializer: it leaves the graph, and the last node's first output takes over its name. The nodes may read further
    /// initializers, which the caller adds. They come first in the graph, since nothing but constants precedes an initializer.
    /// </summary>
    /// <exception cref="ArgumentException">The graph has no such initializer, or the nodes do not make the value.</exception>
    public static void ReplaceInitializer(GraphProto graph, string name, params NodeProto[] nodes)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(nodes);
        var tensor = FindInitializer(graph, name) ?? throw new ArgumentException($"The graph has no initializer '{name}'.", nameof(name));
        if (!nodes.Any(node => node.Output.Contains(name)))
        {
            throw new ArgumentException($"None of the nodes makes '{name}'.", nameof(nodes));
        }
        graph.Initializer.Remove(tensor);
        RemoveByName(graph, name);
        Insert(graph, nodes);
    }

    /// <summary>Makes readers of a value, in subgraphs included, read another one instead. Graph outputs keep their names.</summary>
    public static void RedirectReaders(GraphProto graph, string from, string to)
    {
        foreach (var (_, node) in Readers(graph, from).ToList())
        {
            for (int i = 0; i < node.Input.Count; i++)
            {
                node.Input[i] = node.Input[i] == from ? to : node.Input[i];
            }
        }
    }

    /// <summary>Gives a value of a graph another name wherever it is made, read, or described, in subgraphs that see it included.</summary>
    /// <exception cref="ArgumentException">The new name is taken.</exception>
    public void Rename(GraphProto graph, string from, string to)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentException.ThrowIfNullOrEmpty(to);
        if (!_names.Add(to))
        {
            throw new ArgumentException($"The name '{to}' is taken; UniqueName finds a free one.", nameof(to));
        }
        GraphScope.Rename(graph, from, to);
        _names.Remove(from);
    }

    /// <summary>Removes initializers that nothing reads, from the graph and its subgraphs; says how many. Those that are outputs stay.</summary>
    public static int RemoveUnusedInitializers(GraphProto graph)
    {
        int removed = 0;
        foreach (var inner in GraphWalk.Graphs(graph))
        {
            var used = GraphScope.AllReads(inner);
            foreach (var tensor in inner.Initializer.Where(tensor => !used.Contains(tensor.Name)).ToList())
            {
                inner.Initializer.Remove(tensor);
                RemoveByName(inner, tensor.Name);
                removed++;
            }
        }
        return removed;
    }

    // Where an initializer is an input too, the input was its optional replacement and goes with it.
    private static void RemoveByName(GraphProto graph, string name)
    {
        foreach (var input in graph.Input.Where(input => input.Name == name).ToList())
        {
            graph.Input.Remove(input);
        }
    }

    private static string Free(string wanted, HashSet<string> taken)
    {
        ArgumentException.ThrowIfNullOrEmpty(wanted);
        string name = wanted;
        for (int number = 1; !taken.Add(name); number++)
        {
            name = $"{wanted}_{number}";
        }
        return name;
    }
}
