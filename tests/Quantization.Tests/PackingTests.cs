// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.Quantization.Tests.Support;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Quantization.Tests;

/// <summary>Bytes written by hand from the rules: ONNX packs row by row, MatMulNBits column by column in whole blocks; both put the first of two codes into the low half.</summary>
public sealed class PackingTests
{
    /// <summary>18 x 2: the columns count 7, 6, ... and up again, times 0.5 and times 2, so that the codes are the numbers themselves.</summary>
    private static readonly int[] Column = [7, 6, 5, 4, 3, 2, 1, 0, -1, -2, -3, -4, -5, -6, -7, -8, 7, -8];

    [Fact]
    public void Standard_codes_lie_row_by_row_with_one_scale_for_each_block_and_column()
    {
        using var model = Quantized(QuantizationFormat.Qdq);
        var node = Assert.Single(model.Proto.Graph.Node, node => node.OpType == "DequantizeLinear");
        var codes = DecodedModel.Find(model, node.Input[0])!;
        Assert.Equal((int)DataType.Int4, codes.DataType);
        Assert.Equal([18L, 2L], codes.Dims);
        byte[] expected = [.. Column.Select(code => (byte)((code & 15) | ((code & 15) << 4)))];
        Assert.Equal(expected, model.DataOf(codes).ToArray());
        var scales = DecodedModel.Find(model, node.Input[1])!;
        Assert.Equal([2L, 2L], scales.Dims);
        Assert.Equal([0.5f, 2f, 0.5f, 2f], DecodedModel.Numbers(model, scales));
        Assert.Equal(2, node.Input.Count);
        Assert.Equal((0L, 16L), (node.Attribute.First(a => a.Name == "axis").I, node.Attribute.First(a => a.Name == "block_size").I));
    }

    [Fact]
    public void MatMulNBits_codes_lie_column_by_column_8_higher_with_the_last_block_filled()
    {
        using var model = Quantized(QuantizationFormat.MatMulNBits);
        var node = Assert.Single(model.Proto.Graph.Node, node => node.OpType == "MatMulNBits");
        var codes = DecodedModel.Find(model, node.Input[1])!;
        Assert.Equal([2L, 2L, 8L], codes.Dims);
        int[] padded = [.. Column, .. Enumerable.Repeat(0, 14)];
        byte[] column = [.. padded.Chunk(2).Select(pair => (byte)((pair[0] + 8) | ((pair[1] + 8) << 4)))];
        Assert.Equal([.. column, .. column], model.DataOf(codes).ToArray());
        Assert.Equal([0.5f, 0.5f, 2f, 2f], DecodedModel.Numbers(model, DecodedModel.Find(model, node.Input[2])!));
        Assert.Equal(3, node.Input.Count);
        Assert.Equal((18L, 2L, 4L), (Integer(node, "K"), Integer(node, "N"), Integer(node, "bits")));
    }

    [Fact]
    public void Zero_points_are_packed_by_column_and_a_missing_one_is_8()
    {
        // 33 inputs in blocks of 16 make 3 blocks; a column of 0..15 has zero point 0, its negative 15.
        float[] weights = [.. Enumerable.Range(0, 33).SelectMany(k => (float[])[k % 16, -(k % 16)])];
        weights[64] = 15;
        weights[65] = -15;
        using var model = OnnxModel.Create(Product(33, weights));
        OnnxQuantizer.Quantize(model, new OnnxQuantizationOptions { Format = QuantizationFormat.MatMulNBits, Form = QuantizationForm.Asymmetric, BlockSize = 16 });
        var node = Assert.Single(model.Proto.Graph.Node);
        var zeroPoints = DecodedModel.Find(model, node.Input[3])!;
        Assert.Equal([2L, 2L], zeroPoints.Dims);
        byte[] bytes = model.DataOf(zeroPoints).ToArray();
        Assert.Equal(0x00, bytes[0]);
        Assert.Equal(0xFF, bytes[2]);
        Assert.Equal(8, bytes[1] >> 4);
        Assert.Equal(8, bytes[3] >> 4);
    }

    [Fact]
    public void A_transposed_Gemm_gives_the_same_tables_as_the_matrix_it_transposes()
    {
        using var plain = OnnxModel.Create(Product(18, Weights()));
        var graph = new OnnxGraphBuilder("transposed");
        float[] turned = [.. Enumerable.Range(0, 2).SelectMany(n => Enumerable.Range(0, 18).Select(k => Weights()[(k * 2) + n]))];
        string y = graph.Node("Gemm", [graph.Input("x", DataType.Float, "n", 18), graph.Initializer("w", [2, 18], turned)], (string?)null, SmallModels.With("transB", 1));
        using var transposed = OnnxModel.Create(graph.Output(y, DataType.Float, "n", 2).ToModel(17));
        foreach (var format in Enum.GetValues<QuantizationFormat>())
        {
            using var first = OnnxModel.Create(plain.Proto.Clone());
            using var second = OnnxModel.Create(transposed.Proto.Clone());
            OnnxQuantizer.Quantize(first, new OnnxQuantizationOptions { Format = format, BlockSize = 16 });
            OnnxQuantizer.Quantize(second, new OnnxQuantizationOptions { Format = format, BlockSize = 16 });
            Assert.Equal(Codes(first), Codes(second));
        }
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_byte()
    {
        byte[][] results = [.. new[] { 1, 4 }.Select(threads =>
        {
            using var model = SmallModels.Create("LSTM");
            OnnxQuantizer.Quantize(model, new OnnxQuantizationOptions { MaxDegreeOfParallelism = threads });
            return model.ToBytes();
        })];
        Assert.Equal(results[0], results[1]);
    }

    private static byte[] Codes(OnnxModel model) => model.DataOf(GraphWalk.Tensors(model.Proto).First(tensor => tensor.Name.EndsWith("_codes", StringComparison.Ordinal))).ToArray();

    private static long Integer(NodeProto node, string name) => node.Attribute.First(attribute => attribute.Name == name).I;

    private static float[] Weights() => [.. Column.SelectMany(code => (float[])[code * 0.5f, code * 2f])];

    private static OnnxModel Quantized(QuantizationFormat format)
    {
        var model = OnnxModel.Create(Product(18, Weights()));
        OnnxQuantizer.Quantize(model, new OnnxQuantizationOptions { Format = format, BlockSize = 16, Form = QuantizationForm.PositiveScale });
        return model;
    }

    private static ModelProto Product(int inputs, float[] weights)
    {
        var graph = new OnnxGraphBuilder("product");
        string y = graph.Node("MatMul", [graph.Input("x", DataType.Float, "n", inputs), graph.Initializer("w", [inputs, 2], weights)]);
        return graph.Output(y, DataType.Float, "n", 2).ToModel(17);
    }
}
