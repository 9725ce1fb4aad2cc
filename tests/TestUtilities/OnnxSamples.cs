// SPDX-License-Identifier: MIT
using Google.Protobuf;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.TestUtilities;

/// <summary>Small models with weights of fixed seeds, one for each way in which a model may hold weights.</summary>
public static class OnnxSamples
{
    /// <summary>The samples that are one file each, by name.</summary>
    public static IReadOnlyDictionary<string, Func<ModelProto>> All { get; } = new Dictionary<string, Func<ModelProto>>
    {
        ["matmul"] = () => MatMul(),
        ["matmul-constant"] = () => MatMul(asConstant: true),
        ["gemm"] = () => Gemm(),
        ["gemm-typed"] = () => Gemm(typed: true),
        ["conv"] = Conv,
        ["gather"] = Gather,
        ["lstm"] = Lstm,
        ["if"] = If,
        ["function"] = Function,
        ["old"] = Old,
    };

    /// <summary>y = relu(x w + b), 32 to 24.</summary>
    public static ModelProto MatMul(bool asConstant = false, int inputs = 32, int outputs = 24)
    {
        var graph = new OnnxGraphBuilder("matmul");
        graph.Input("x", DataType.Float, "N", inputs);
        var weights = OnnxTypes.Tensor("w", [inputs, outputs], Weights(1, inputs * outputs));
        string product = graph.Node("MatMul", ["x", asConstant ? graph.Constant(weights) : graph.Initializer(weights)]);
        string sum = graph.Node("Add", [product, graph.Initializer("b", [outputs], Weights(2, outputs))]);
        return graph.Output(graph.Node("Relu", [sum], "y"), DataType.Float, "N", outputs).Metadata("made-by", "test").ToModel();
    }

    /// <summary>y = x wᵀ + b, 40 to 16, its weights raw or as float_data.</summary>
    public static ModelProto Gemm(bool typed = false)
    {
        var graph = new OnnxGraphBuilder("gemm");
        graph.Input("x", DataType.Float, "N", 40);
        var weights = OnnxTypes.Tensor("w", [16, 40], Weights(3, 640));
        if (typed)
        {
            weights.FloatData.Add(Weights(3, 640));
            weights.ClearRawData();
        }
        string[] inputs = ["x", graph.Initializer(weights), graph.Initializer("b", [16], Weights(4, 16))];
        return graph.Output(graph.Node("Gemm", inputs, "y", new Dictionary<string, object> { ["transB"] = 1 }), DataType.Float, "N", 16).ToModel();
    }

    /// <summary>A 3x3 convolution of 3 to 8 channels.</summary>
    public static ModelProto Conv()
    {
        var graph = new OnnxGraphBuilder("conv");
        graph.Input("x", DataType.Float, "N", 3, 10, 10);
        string kernel = graph.Initializer("w", [8, 3, 3, 3], Weights(5, 216));
        var attributes = new Dictionary<string, object> { ["kernel_shape"] = new[] { 3, 3 }, ["pads"] = new[] { 1, 1, 1, 1 } };
        return graph.Output(graph.Node("Conv", ["x", kernel], "y", attributes), DataType.Float, "N", 8, 10, 10).ToModel();
    }

    /// <summary>Rows of a table of 50 times 16.</summary>
    public static ModelProto Gather()
    {
        var graph = new OnnxGraphBuilder("gather");
        graph.Input("index", DataType.Int64, "N");
        string table = graph.Initializer("table", [50, 16], Weights(6, 800));
        return graph.Output(graph.Node("Gather", [table, "index"], "y"), DataType.Float, "N", 16).ToModel();
    }

    /// <summary>An LSTM of 8 inputs and 12 units.</summary>
    public static ModelProto Lstm()
    {
        var graph = new OnnxGraphBuilder("lstm");
        graph.Input("x", DataType.Float, "T", 1, 8);
        string w = graph.Initializer("W", [1, 48, 8], Weights(7, 384)), r = graph.Initializer("R", [1, 48, 12], Weights(8, 576));
        var attributes = new Dictionary<string, object> { ["hidden_size"] = 12 };
        return graph.Output(graph.Node("LSTM", ["x", w, r], ["y"], attributes)[0], DataType.Float, "T", 1, 1, 12).ToModel();
    }

    /// <summary>One of two products, in branches that hold one weight each and share a third.</summary>
    public static ModelProto If()
    {
        var graph = new OnnxGraphBuilder("if");
        graph.Input("x", DataType.Float, 1, 20);
        graph.Input("choice", DataType.Bool);
        graph.Initializer("shared", [20, 20], Weights(9, 400));
        var attributes = new Dictionary<string, object> { ["then_branch"] = Branch("then", 10), ["else_branch"] = Branch("else", 11) };
        return graph.Output(graph.Node("If", ["choice"], "y", attributes), DataType.Float, 1, 20).ToModel();

        GraphProto Branch(string name, int seed)
        {
            var branch = graph.Subgraph(name);
            string own = branch.Initializer($"{name}_w", [20, 20], Weights(seed, 400));
            string product = branch.Node("MatMul", ["x", own], $"{name}_product");
            return branch.Output(branch.Node("MatMul", [product, "shared"], $"{name}_y"), DataType.Float, 1, 20).Graph;
        }
    }

    /// <summary>A function of the model's own that holds a weight.</summary>
    public static ModelProto Function()
    {
        var body = new OnnxGraphBuilder("body");
        body.Input("a", DataType.Float, "N", 20);
        body.Node("MatMul", ["a", body.Constant(OnnxTypes.Tensor("w", [20, 20], Weights(12, 400)))], "c");
        var function = new FunctionProto { Name = "Twist", Domain = "test" };
        function.Input.Add("a");
        function.Output.Add("c");
        function.Node.Add(body.Graph.Node);
        function.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 21 });
        var graph = new OnnxGraphBuilder("function");
        graph.Input("x", DataType.Float, "N", 20);
        graph.Node("Twist", ["x"], "y", domain: "test");
        return graph.Output("y", DataType.Float, "N", 20).Domain("test", 1).Function(function).ToModel();
    }

    /// <summary>A product and a softmax of opset 11, whose meaning changed since.</summary>
    public static ModelProto Old()
    {
        var graph = new OnnxGraphBuilder("old");
        graph.Input("x", DataType.Float, 2, 3, 16);
        string product = graph.Node("MatMul", ["x", graph.Initializer("w", [16, 24], Weights(13, 384))]);
        string softmax = graph.Node("Softmax", [product], attributes: new Dictionary<string, object> { ["axis"] = 1 });
        string flat = graph.Node("Squeeze", [graph.Node("Unsqueeze", [softmax], attributes: new Dictionary<string, object> { ["axes"] = new[] { 0 } })], "y", new Dictionary<string, object> { ["axes"] = new[] { 0 } });
        return graph.Output(flat, DataType.Float, 2, 3, 24).ToModel(opset: 11);
    }

    /// <summary>Saves the MatMul sample with its weights in a file of their own; returns the model's path.</summary>
    public static string SaveWithExternalData(string folder, string name = "external.onnx")
    {
        string path = Path.Combine(folder, name);
        using var model = OnnxModel.Create(MatMul());
        model.Save(path, new OnnxSaveOptions { ExternalData = ExternalDataUse.Always });
        return path;
    }

    /// <summary>The bytes of a sample.</summary>
    public static byte[] BytesOf(string name) => All[name]().ToByteArray();

    /// <summary>Numbers between -1 and 1.</summary>
    public static float[] Weights(int seed, int count)
    {
        var random = new Random(seed);
        float[] weights = new float[count];
        for (int i = 0; i < count; i++)
        {
            weights[i] = 2 * random.NextSingle() - 1;
        }
        return weights;
    }
}
