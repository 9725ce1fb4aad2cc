// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Pipelines.Saving;

/// <summary>Puts a normaliser between an input of a graph and its readers.</summary>
internal static class NormalizerFolding
{
    /// <param name="editor">The graph.</param>
    /// <param name="normalizer">The normaliser of the column that feeds the input.</param>
    /// <param name="input">The input, with the shape of one row.</param>
    public static void Fold(GraphEditor editor, AffineNormalizer normalizer, OnnxBatchMapper.Tensor input)
    {
        var graph = editor.Model.Graph;
        string name = input.Info.Name, normalized = editor.UniqueName($"{name}_normalized"), centred = editor.UniqueName($"{name}_centred");
        string offset = AddConstant(editor, $"{name}_offset", normalizer.Offset, normalizer, input);
        string scale = AddConstant(editor, $"{name}_scale", normalizer.Scale, normalizer, input);
        GraphEditor.RedirectReaders(graph, name, normalized);
        graph.Node.Insert(0, Node(editor, "Sub", name, offset, centred));
        graph.Node.Insert(1, Node(editor, "Mul", centred, scale, normalized));
    }

    private static string AddConstant(GraphEditor editor, string wanted, IReadOnlyList<float> values, AffineNormalizer normalizer, OnnxBatchMapper.Tensor input)
    {
        long length = input.RowShape.Aggregate(1L, (product, d) => product * d);
        if (values.Count != 1 && values.Count != length)
        {
            throw new ArgumentException($"The normaliser of column '{normalizer.ColumnName}' has {values.Count} values; the model input {input.Info} takes {length} elements per row. Give one value, or {length}.");
        }
        long[] shape = values.Count == 1 ? [] : input.RowShape;
        string name = editor.UniqueName(wanted);
        var tensor = (DataType)(int)input.Info.ElementType switch
        {
            DataType.Float => OnnxTypes.Tensor(name, shape, values.ToArray().AsSpan()),
            DataType.Double => OnnxTypes.Tensor(name, DataType.Double, shape, MemoryMarshal.AsBytes<double>([.. values.Select(value => (double)value)])),
            _ => throw new ArgumentException($"The normaliser of column '{normalizer.ColumnName}' can't be folded: the model input {input.Info} takes no floating-point numbers."),
        };
        editor.Model.Graph.Initializer.Add(tensor);
        return name;
    }

    private static NodeProto Node(GraphEditor editor, string operation, string left, string right, string output)
    {
        var node = new NodeProto { OpType = operation, Name = editor.UniqueNodeName(output) };
        node.Input.Add([left, right]);
        node.Output.Add(output);
        return node;
    }
}
