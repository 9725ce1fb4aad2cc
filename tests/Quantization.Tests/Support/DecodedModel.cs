// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Quantization.Tests.Support;

/// <summary>The oracle: a quantized model with its codes decoded here, by the rules of ONNX and of MatMulNBits, into ordinary float weights.</summary>
internal static class DecodedModel
{
    public static OnnxModel Of(OnnxModel quantized)
    {
        var decoded = OnnxModel.Parse(quantized.ToBytes());
        foreach (var graph in GraphWalk.Graphs(decoded.Proto))
        {
            foreach (var node in graph.Node.ToArray())
            {
                switch (node.OpType)
                {
                    case "DequantizeLinear" when Find(decoded, node.Input[0]) is { DataType: (int)DataType.Int4 or (int)DataType.Uint4 }:
                        graph.Initializer.Add(Dequantize(decoded, node));
                        graph.Node.Remove(node);
                        break;
                    case "MatMulNBits":
                        Multiply(decoded, graph, node);
                        break;
                }
            }
        }
        return decoded;
    }

    public static TensorProto? Find(OnnxModel model, string name) =>
        GraphWalk.Graphs(model.Proto).SelectMany(graph => graph.Initializer).FirstOrDefault(tensor => tensor.Name == name)
        ?? GraphWalk.Nodes(model.Proto).FirstOrDefault(node => node.OpType == "Constant" && node.Output[0] == name)?.Attribute.First(a => a.Name == "value").T;

    public static int[] Codes(OnnxModel model, TensorProto tensor)
    {
        byte[] bytes = model.DataOf(tensor).ToArray();
        int count = (int)TensorElements.ElementCount(tensor);
        bool isSigned = tensor.DataType == (int)DataType.Int4;
        return [.. Enumerable.Range(0, count).Select(i => (bytes[i / 2] >> (4 * (i % 2))) & 15).Select(code => isSigned && code > 7 ? code - 16 : code)];
    }

    public static float[] Numbers(OnnxModel model, TensorProto tensor)
    {
        float[] numbers = new float[TensorElements.ElementCount(tensor)];
        TensorElements.ReadSingles(tensor, model.DataOf(tensor), 0, numbers);
        return numbers;
    }

    private static TensorProto Dequantize(OnnxModel model, NodeProto node)
    {
        var tensor = Find(model, node.Input[0])!;
        var scaleTensor = Find(model, node.Input[1])!;
        int[] codes = Codes(model, tensor);
        float[] scales = Numbers(model, scaleTensor);
        int[]? zeroPoints = node.Input.Count > 2 ? Codes(model, Find(model, node.Input[2])!) : null;
        long[] sizes = [.. tensor.Dims];
        int axis = (int)(node.Attribute.FirstOrDefault(a => a.Name == "axis")?.I ?? 1);
        int block = (int)(node.Attribute.FirstOrDefault(a => a.Name == "block_size")?.I ?? 0);
        long inner = scales.Length == 1 ? 1 : sizes.Skip(axis + 1).Aggregate(1L, (a, b) => a * b);
        float[] values = new float[codes.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            long along = scales.Length == 1 ? 0 : i / inner % sizes[axis];
            long group = scaleTensor.Dims.Count == 0 ? 0
                : block == 0 ? along
                : (((i / inner / sizes[axis] * ((sizes[axis] + block - 1) / block)) + (along / block)) * inner) + (i % inner);
            values[i] = (codes[i] - (zeroPoints?[group] ?? 0)) * scales[group];
        }
        return OfType(scaleTensor, node.Output[0], sizes, values);
    }

    private static TensorProto OfType(TensorProto scales, string name, long[] sizes, float[] values)
    {
        if (scales.DataType != (int)DataType.Float16)
        {
            return OnnxTypes.Tensor(name, sizes, values);
        }
        Half[] halves = [.. values.Select(value => (Half)value)];
        return OnnxTypes.Tensor(name, DataType.Float16, sizes, MemoryMarshal.AsBytes<Half>(halves));
    }

    private static void Multiply(OnnxModel model, GraphProto graph, NodeProto node)
    {
        int k = (int)node.Attribute.First(a => a.Name == "K").I, n = (int)node.Attribute.First(a => a.Name == "N").I, block = (int)node.Attribute.First(a => a.Name == "block_size").I;
        int blocks = (k + block - 1) / block;
        byte[] codes = model.DataOf(Find(model, node.Input[1])!).ToArray();
        float[] scales = Numbers(model, Find(model, node.Input[2])!);
        var zeroTensor = node.Input.Count > 3 && node.Input[3].Length > 0 ? Find(model, node.Input[3]) : null;
        byte[]? packedZeros = zeroTensor?.DataType == (int)DataType.Uint8 ? model.DataOf(zeroTensor).ToArray() : null;
        float[]? realZeros = zeroTensor is not null && packedZeros is null ? Numbers(model, zeroTensor) : null;
        float[] values = new float[k * n];
        for (int column = 0; column < n; column++)
        {
            for (int row = 0; row < k; row++)
            {
                int b = row / block, entry = (column * blocks) + b;
                int code = (codes[(entry * block / 2) + (row % block / 2)] >> (4 * (row % 2))) & 15;
                float zero = packedZeros is not null ? (packedZeros[(column * ((blocks + 1) / 2)) + (b / 2)] >> (4 * (b % 2))) & 15 : realZeros?[entry] ?? 8;
                values[(row * n) + column] = (code - zero) * scales[entry];
            }
        }
        string weights = node.Output[0] + "_decoded";
        graph.Initializer.Add(OfType(Find(model, node.Input[2])!, weights, [k, n], values));
        string bias = node.Input.Count > 5 ? node.Input[5] : "";
        string first = node.Input[0], output = node.Output[0];
        NodeProto product = new() { OpType = "MatMul", Input = { first, weights }, Output = { bias.Length > 0 ? output + "_p" : output } };
        int at = graph.Node.IndexOf(node);
        graph.Node[at] = product;
        if (bias.Length > 0)
        {
            graph.Node.Insert(at + 1, new NodeProto { OpType = "Add", Input = { output + "_p", bias }, Output = { output } });
        }
    }
}
