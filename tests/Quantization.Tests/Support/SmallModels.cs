// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.TestUtilities;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Quantization.Tests.Support;

/// <summary>Models of one or two operators with weights, by name.</summary>
internal static class SmallModels
{
    public const int K = 80;
    public const int N = 48;

    public static OnnxModel Create(string name, long opset = 17)
    {
        var graph = new OnnxGraphBuilder(name);
        Builders[name](graph);
        return OnnxModel.Create(graph.ToModel(opset));
    }

    private static readonly Dictionary<string, Action<OnnxGraphBuilder>> Builders = new()
    {
        ["MatMul"] = g => Ends(g, g.Node("MatMul", [Rows(g), Matrix(g)])),
        ["MatMulOfConstant"] = g => Ends(g, g.Node("MatMul", [Rows(g), g.Constant(OnnxTypes.Tensor("w", [K, N], OnnxSamples.Weights(1, K * N)))])),
        ["MatMulAdd"] = g => Ends(g, g.Node("Add", [g.Node("MatMul", [Rows(g), Matrix(g)]), Vector(g, N)])),
        ["MatMulAddRelu"] = g => Continue(g, g.Node("Relu", [g.Node("Add", [g.Node("MatMul", [Rows(g), Matrix(g)]), Vector(g, N)])])),
        ["MatMulRelu"] = g => Continue(g, g.Node("Relu", [g.Node("MatMul", [Rows(g), Matrix(g)])])),
        ["MatMulAddRow"] = g => Ends(g, g.Node("Add", [g.Node("MatMul", [Rows(g), Matrix(g)]), Vector(g, 1, N)])),
        ["MatMulOfReshape"] = g => Ends(g, g.Node("MatMul", [Rows(g), g.Node("Reshape", [g.Initializer("w", [8, 10, N], OnnxSamples.Weights(1, K * N)), g.Initializer("shape", [2], [K, -1L])])])),
        ["MatMulOfTranspose"] = g => Ends(g, g.Node("MatMul", [Rows(g), g.Node("Transpose", [Matrix(g, N, K)])])),
        ["MatMulStack"] = g => g.Output(g.Node("MatMul", [g.Input("x", DataType.Float, 3, "n", K), Matrix(g, 3, K, N)]), DataType.Float, 3, "n", N),
        ["MatMulLeft"] = g => g.Output(g.Node("MatMul", [Matrix(g, N, K), g.Input("x", DataType.Float, K, "n")]), DataType.Float, N, "n"),
        ["MatMulShared"] = g => Twice(g, Matrix(g)),
        ["Gemm"] = g => Ends(g, g.Node("Gemm", [Rows(g), Matrix(g), Vector(g, N)])),
        ["GemmRelu"] = g => Continue(g, g.Node("Relu", [g.Node("Gemm", [Rows(g), Matrix(g), Vector(g, N)])])),
        ["GemmReluWithoutBias"] = g => Continue(g, g.Node("Relu", [g.Node("Gemm", [Rows(g), Matrix(g)])])),
        ["GemmSigmoid"] = g => Continue(g, g.Node("Sigmoid", [g.Node("Gemm", [Rows(g), Matrix(g), Vector(g, N)])])),
        ["GemmLeakyRelu"] = g => Continue(g, g.Node("LeakyRelu", [g.Node("Gemm", [Rows(g), Matrix(g), Vector(g, N)])])),
        ["GemmTanh"] = g => Continue(g, g.Node("Tanh", [g.Node("Gemm", [Rows(g), Matrix(g), Vector(g, N)])])),
        ["GemmElu"] = g => Continue(g, g.Node("Elu", [g.Node("Gemm", [Rows(g), Matrix(g), Vector(g, N)])])),
        ["GemmSoftplus"] = g => Continue(g, g.Node("Softplus", [g.Node("Gemm", [Rows(g), Matrix(g), Vector(g, N)])])),
        ["GemmRow"] = g => Ends(g, g.Node("Gemm", [Rows(g), Matrix(g), Vector(g, 1, N)])),
        ["GemmTransB"] = g => Ends(g, g.Node("Gemm", [Rows(g), Matrix(g, N, K), Vector(g, N)], (string?)null, With("transB", 1))),
        ["GemmTransBOfTranspose"] = g => Ends(g, g.Node("Gemm", [Rows(g), g.Node("Transpose", [Matrix(g)])], (string?)null, With("transB", 1))),
        ["GemmTransBShared"] = g => SharedTransposed(g),
        ["GemmAlpha"] = g => Ends(g, g.Node("Gemm", [Rows(g), Matrix(g), Vector(g, N)], (string?)null, With("alpha", 0.5f))),
        ["GemmBeta"] = g => Ends(g, g.Node("Gemm", [Rows(g), Matrix(g), Vector(g, N)], (string?)null, With("beta", 0.5f))),
        ["GemmTransA"] = g => Ends(g, g.Node("Gemm", [g.Input("x", DataType.Float, K, "n"), Matrix(g)], (string?)null, With("transA", 1))),
        ["GemmLeft"] = g => g.Output(g.Node("Gemm", [Matrix(g, N, K), g.Input("x", DataType.Float, K, "n")]), DataType.Float, N, "n"),
        ["Conv"] = g => g.Output(g.Node("Conv", [g.Input("x", DataType.Float, "n", 8, 8, 8), Matrix(g, 16, 8, 3, 3), Vector(g, 16)]), DataType.Float, "n", 16, 6, 6),
        ["Conv1d"] = g => g.Output(g.Node("Conv", [g.Input("x", DataType.Float, "n", 8, 30), Matrix(g, 16, 8, 5)]), DataType.Float, "n", 16, 26),
        ["ConvDepthwise"] = g => g.Output(g.Node("Conv", [g.Input("x", DataType.Float, "n", 16, 9, 9), Matrix(g, 16, 1, 7, 7)], (string?)null, With("group", 16)), DataType.Float, "n", 16, 3, 3),
        ["ConvTranspose"] = g => g.Output(g.Node("ConvTranspose", [g.Input("x", DataType.Float, "n", 8, 5, 5), Matrix(g, 8, 12, 3, 3)]), DataType.Float, "n", 12, 7, 7),
        ["ConvTransposeGroups"] = g => g.Output(g.Node("ConvTranspose", [g.Input("x", DataType.Float, "n", 8, 5, 5), Matrix(g, 8, 12, 3, 3)], (string?)null, With("group", 2)), DataType.Float, "n", 24, 7, 7),
        ["Gather"] = g => g.Output(g.Node("Gather", [Matrix(g, 50, 64), g.Input("i", DataType.Int64, "n")]), DataType.Float, "n", 64),
        ["GatherLast"] = g => g.Output(g.Node("Gather", [Matrix(g, 64, 50), g.Input("i", DataType.Int64, "n")], (string?)null, With("axis", -1)), DataType.Float, 64, "n"),
        ["GatherTied"] = g => Tied(g),
        ["GRU"] = g => Recurrent(g, "GRU", 3),
        ["LSTM"] = g => Recurrent(g, "LSTM", 4),
        ["RNN"] = g => Recurrent(g, "RNN", 1),
        ["LSTMOfUnsqueeze"] = g => Unsqueezed(g),
        ["If"] = Conditional,
        ["Half"] = g => Ends(g, ToSingle(g, g.Node("MatMul", [ToHalf(g, Rows(g)), Half(g)]))),
        ["HalfConv"] = g => g.Output(ToSingle(g, g.Node("Conv", [ToHalf(g, g.Input("x", DataType.Float, "n", 8, 9, 11)), Half(g, 6, 8, 8, 10)])), DataType.Float, null, null, null, null),
        ["Double"] = g => g.Output(g.Node("MatMul", [g.Input("x", DataType.Double, "n", K), Double(g)]), DataType.Double, "n", N),
    };

    public static Dictionary<string, object> With(string name, object value) => new() { [name] = value };

    public static string Matrix(OnnxGraphBuilder g, params long[] sizes)
    {
        sizes = sizes.Length == 0 ? [K, N] : sizes;
        int count = (int)sizes.Aggregate(1L, (a, b) => a * b);
        return g.Initializer(g.UniqueName("w"), sizes, OnnxSamples.Weights(count, count));
    }

    private static string Vector(OnnxGraphBuilder g, params long[] sizes) => g.Initializer("b", sizes, OnnxSamples.Weights(2, (int)sizes.Aggregate(1L, (a, b) => a * b)));

    private static string Rows(OnnxGraphBuilder g) => g.Input("x", DataType.Float, "n", K);

    private static void Ends(OnnxGraphBuilder g, string value) => g.Output(value, DataType.Float, "n", N);

    /// <summary>A Relu that ends the graph is treated otherwise than one within it.</summary>
    private static void Continue(OnnxGraphBuilder g, string value) =>
        g.Output(g.Node("Gemm", [value, g.Initializer("v", [N, 20], OnnxSamples.Weights(3, N * 20)), g.Initializer("c", [20], OnnxSamples.Weights(4, 20))]), DataType.Float, "n", 20);

    private static void Twice(OnnxGraphBuilder g, string weights)
    {
        Ends(g, g.Node("MatMul", [Rows(g), weights]));
        Ends(g, g.Node("MatMul", [g.Input("z", DataType.Float, "n", K), weights]));
    }

    private static void SharedTransposed(OnnxGraphBuilder g)
    {
        string weights = Matrix(g, 64, 64), x = g.Input("x", DataType.Float, "n", 64);
        g.Output(g.Node("Gemm", [g.Node("MatMul", [x, weights]), weights], (string?)null, With("transB", 1)), DataType.Float, "n", 64);
    }

    private static void Tied(OnnxGraphBuilder g)
    {
        string table = Matrix(g, 50, 64);
        g.Output(g.Node("Gemm", [g.Node("Gather", [table, g.Input("i", DataType.Int64, "n")]), table], (string?)null, With("transB", 1)), DataType.Float, "n", 50);
    }

    private static void Recurrent(OnnxGraphBuilder g, string operation, int gates)
    {
        string[] inputs = [g.Input("x", DataType.Float, 5, "n", 64), Matrix(g, 2, gates * 32, 64), Matrix(g, 2, gates * 32, 32)];
        g.Output(g.Node(operation, inputs, (string?)null, new Dictionary<string, object> { ["hidden_size"] = 32, ["direction"] = "bidirectional" }), DataType.Float, 5, 2, "n", 32);
    }

    private static void Unsqueezed(OnnxGraphBuilder g)
    {
        string axes = g.Initializer("axes", [1], [0L]);
        string[] matrices = [.. new long[] { 64, 32 }.Select(inputs => g.Node("Unsqueeze", [g.Node("Concat", [Matrix(g, 64, inputs), Matrix(g, 64, inputs)], (string?)null, With("axis", 0)), axes]))];
        g.Output(g.Node("LSTM", [g.Input("x", DataType.Float, 5, "n", 64), .. matrices], (string?)null, With("hidden_size", 32)), DataType.Float, 5, 1, "n", 32);
    }

    private static void Conditional(OnnxGraphBuilder g)
    {
        string x = Rows(g), outer = Matrix(g);
        var then = g.Subgraph("then");
        Ends(then, then.Node("MatMul", [x, outer]));
        var otherwise = g.Subgraph("else");
        Ends(otherwise, otherwise.Node("MatMul", [x, Matrix(otherwise)]));
        Ends(g, g.Node("If", [g.Input("condition", DataType.Bool)], (string?)null, new Dictionary<string, object> { ["then_branch"] = then.Graph, ["else_branch"] = otherwise.Graph }));
    }

    private static string ToHalf(OnnxGraphBuilder g, string value) => g.Node("Cast", [value], (string?)null, With("to", (int)DataType.Float16));

    private static string ToSingle(OnnxGraphBuilder g, string value) => g.Node("Cast", [value], (string?)null, With("to", (int)DataType.Float));

    private static string Half(OnnxGraphBuilder g, params long[] sizes)
    {
        Half[] weights = [.. OnnxSamples.Weights(1, K * N).Select(weight => (Half)weight)];
        return g.Initializer(OnnxTypes.Tensor("w", DataType.Float16, sizes.Length > 0 ? sizes : [K, N], System.Runtime.InteropServices.MemoryMarshal.AsBytes<Half>(weights)));
    }

    private static string Double(OnnxGraphBuilder g)
    {
        double[] weights = [.. OnnxSamples.Weights(1, K * N).Select(weight => (double)weight)];
        return g.Initializer(OnnxTypes.Tensor("w", DataType.Double, [K, N], System.Runtime.InteropServices.MemoryMarshal.AsBytes<double>(weights)));
    }
}
