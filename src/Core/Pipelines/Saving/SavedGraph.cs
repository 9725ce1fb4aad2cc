// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Pipelines.Saving;

/// <summary>Rewrites a model into a form that ML.NET loads, scores one row at a time, and can embed in a saved pipeline.</summary>
/// <remarks>
/// Inputs and outputs get the names of the pipeline's temporary columns and the shape of one row, through a node that only passes
/// values on: names inside the graph stay as they are. Tensors that ML.NET can't read as initializers become Constant nodes, which
/// ONNX Runtime still fuses into 4-bit kernels.
/// </remarks>
internal static class SavedGraph
{
    /// <summary>More than this is not put into a saved pipeline: both protobuf and ML.NET's zip end at 2 GiB.</summary>
    public const long LargestModel = 3L << 29;

    private const string ClassicDomain = "ai.onnx.ml";

    /// <exception cref="NotSupportedException">The model is too large to be embedded.</exception>
    public static void Write(OnnxModelSource source, IReadOnlyList<SavedTensor> inputs, IReadOnlyList<SavedTensor> outputs, string path)
    {
        using var model = source.Load();
        CheckSize(model, source.Name);
        var graph = model.Proto.Graph;
        MoveInitializers(graph);
        var editor = new GraphEditor(model.Proto);
        foreach (var input in inputs)
        {
            FeedThrough(graph, editor, input);
        }
        graph.Output.Clear();
        foreach (var output in outputs)
        {
            LeadOut(graph, editor, output);
        }
        foreach (var output in outputs.Where(output => output.SlotNames is not null))
        {
            NameSlots(model.Proto, editor, output);
        }
        model.Save(path, new OnnxSaveOptions { ExternalData = ExternalDataUse.Never });
    }

    private static void CheckSize(OnnxModel model, string name)
    {
        long bytes = GraphWalk.Tensors(model.Proto).Where(tensor => tensor.DataType != (int)DataType.String).Sum(tensor => model.DataOf(tensor).ByteLength);
        if (bytes >= LargestModel)
        {
            throw new NotSupportedException(
                $"The tensors of '{name}' take {bytes / 1048576.0:F0} MiB; a saved pipeline embeds at most {LargestModel / 1048576} MiB. Ship '{name}' (with its external data) or what ExportOnnx writes beside the pipeline, and append the scoring step after loading.");
        }
    }

    // ML.NET reads every initializer of the main graph and knows none of these types; it does not look into nodes.
    private static void MoveInitializers(GraphProto graph)
    {
        foreach (var tensor in graph.Initializer.Where(tensor => !IsReadable(tensor.DataType)).ToList())
        {
            var node = new NodeProto { OpType = "Constant", Name = tensor.Name };
            node.Output.Add(tensor.Name);
            node.Attribute.Add(OnnxTypes.Attribute("value", tensor));
            GraphEditor.ReplaceInitializer(graph, tensor.Name, node);
        }
    }

    private static bool IsReadable(int type) => (DataType)type is DataType.Float or DataType.Double or DataType.Bool or DataType.String
        or DataType.Int8 or DataType.Uint8 or DataType.Int16 or DataType.Uint16 or DataType.Int32 or DataType.Uint32 or DataType.Int64 or DataType.Uint64;

    private static void FeedThrough(GraphProto graph, GraphEditor editor, SavedTensor input)
    {
        var old = graph.Input.First(value => value.Name == input.Info.Name);
        graph.Input.Remove(old);
        graph.Input.Add(OnnxTypes.Value(input.SavedName, ElementTypeOf(input), Dimensions(input.Shape.Count == 0 ? [1] : input.Shape)));
        PassOn(graph, editor, input.SavedName, input.Info.Name, input.Shape.Count == 0 ? [] : null, first: true);
    }

    private static void LeadOut(GraphProto graph, GraphEditor editor, SavedTensor output)
    {
        graph.Output.Add(OnnxTypes.Value(output.SavedName, ElementTypeOf(output), Dimensions(output.Shape.Count == 0 ? [1] : output.Shape)));
        PassOn(graph, editor, output.Info.Name, output.SavedName, output.Shape.Count == 0 ? [1] : null, first: false);
    }

    // ML.NET has no tensors without dimensions: those are reshaped, all others pass unchanged.
    private static void PassOn(GraphProto graph, GraphEditor editor, string from, string to, long[]? shape, bool first)
    {
        var node = new NodeProto { OpType = shape is null ? "Identity" : "Reshape", Name = editor.UniqueNodeName($"{to}.saved") };
        node.Input.Add(from);
        node.Output.Add(to);
        if (shape is not null)
        {
            string constant = editor.UniqueName($"{to}.shape");
            graph.Initializer.Add(OnnxTypes.Tensor(constant, [shape.Length], shape.AsSpan()));
            node.Input.Add(constant);
        }
        graph.Node.Insert(first ? 0 : graph.Node.Count, node);
    }

    // ML.NET finds slot names in a node of that name and reads its list of strings; what the node computes is used by nobody.
    private static void NameSlots(ModelProto model, GraphEditor editor, SavedTensor output)
    {
        var import = model.OpsetImport.FirstOrDefault(import => import.Domain == ClassicDomain);
        if (import is null)
        {
            model.OpsetImport.Add(import = new OperatorSetIdProto { Domain = ClassicDomain, Version = 2 });
        }
        if (import.Version < 2)
        {
            throw new NotSupportedException($"Slot names can't be saved with a model that uses version {import.Version} of {ClassicDomain}; they need 2. Convert the model, or fit without slot names.");
        }
        string one = editor.UniqueName($"{output.SavedName}.one");
        var text = new TensorProto { Name = one, DataType = (int)DataType.String };
        text.Dims.Add(1);
        text.StringData.Add(Google.Protobuf.ByteString.CopyFromUtf8("one"));
        model.Graph.Initializer.Add(text);
        var node = new NodeProto { OpType = "LabelEncoder", Domain = ClassicDomain, Name = $"mlnet.{output.SavedName}.SlotNames" };
        node.Input.Add(one);
        node.Output.Add(editor.UniqueName($"{output.SavedName}.unused"));
        node.Attribute.Add(OnnxTypes.Attribute("keys_strings", output.SlotNames!.ToArray()));
        node.Attribute.Add(OnnxTypes.Attribute("values_int64s", Enumerable.Range(0, output.SlotNames!.Count).Select(i => (long)i).ToArray()));
        model.Graph.Node.Add(node);
    }

    private static DataType ElementTypeOf(SavedTensor tensor) => (DataType)(int)tensor.Info.ElementType;

    private static object[] Dimensions(IEnumerable<long> shape) => [.. shape.Select(d => (object)d)];
}
