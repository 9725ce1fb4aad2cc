// SPDX-License-Identifier: MIT
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Running;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Core.Tests.Onnx.Running;

public sealed class OnnxSessionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("onnx-session-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Inputs_and_outputs_are_described()
    {
        using var session = OnnxSession.Open(Linear(), name: "linear");
        Assert.Equal("linear", session.Name);
        var input = Assert.Single(session.Inputs);
        Assert.Equal(("x", TensorElementType.Float, "[?, 3]", true), (input.Name, input.ElementType, input.ShapeText, input.LeadingDimensionIsOpen));
        Assert.Equal("'y' Float[?, 2]", Assert.Single(session.Outputs).ToString());
        Assert.Matches(@"^1\.\d+\.\d+", OnnxSession.RuntimeVersion);
    }

    [Fact]
    public void Batches_of_any_size_run_over_the_same_arrays()
    {
        using var session = OnnxSession.Open(Linear());
        var input = new TensorBuffer<float>("x", [3], 4, batched: true);
        var output = new TensorBuffer<float>("y", [2], 4, batched: true);
        using var runner = session.CreateRunner([input], [output], 4);
        for (int rows = 4; rows >= 1; rows--)
        {
            output.Elements.Clear();
            for (int row = 0; row < rows; row++)
            {
                new float[] { row, 1, rows }.CopyTo(input.Row(row));
            }
            runner.Run(rows);
            for (int row = 0; row < 4; row++)
            {
                Assert.Equal(row < rows ? [row + rows, 1 - rows] : [0, 0], output.Row(row).ToArray());
            }
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => runner.Run(5));
    }

    [Fact]
    public void A_disposed_runner_refuses_to_run_and_may_be_disposed_again()
    {
        using var session = OnnxSession.Open(Linear());
        var runner = session.CreateRunner([new TensorBuffer<float>("x", [3], 1, batched: true)], [new TensorBuffer<float>("y", [2], 1, batched: true)], 1);
        runner.Run(1);
        runner.Dispose();
        runner.Dispose();
        Assert.Throws<ObjectDisposedException>(() => runner.Run(1));
    }

    [Fact]
    public void A_disposed_session_refuses_to_run()
    {
        var session = OnnxSession.Open(Linear());
        var input = new TensorBuffer<float>("x", [3], 1, batched: true);
        var output = new TensorBuffer<float>("y", [2], 1, batched: true);
        using var runner = session.CreateRunner([input], [output], 1);
        session.Dispose();
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => runner.Run(1));
        Assert.Throws<ObjectDisposedException>(() => session.RunOnce([input]));
        Assert.Throws<ObjectDisposedException>(() => session.CreateRunner([input], [output], 1));
    }

    [Fact]
    public void A_run_on_the_wrong_shape_says_model_input_and_shapes()
    {
        using var session = OnnxSession.Open(Linear(), name: "linear");
        using var runner = session.CreateRunner([new TensorBuffer<float>("x", [4], 2, batched: true)], [new TensorBuffer<float>("y", [2], 2, batched: true)], 2);
        var failure = Assert.Throws<OnnxSessionException>(() => runner.Run(2));
        Assert.Equal("linear", failure.Model);
        Assert.Contains("'x' [2, 4]", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'x' Float[?, 3]", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_missing_or_no_model_gives_a_typed_error()
    {
        string missing = Path.Combine(_folder, "missing.onnx"), garbage = Path.Combine(_folder, "garbage.onnx");
        File.WriteAllText(garbage, "garbage");
        Assert.Equal(missing, Assert.Throws<FileNotFoundException>(() => OnnxSession.Open(missing)).FileName);
        Assert.Equal(garbage, Assert.Throws<OnnxSessionException>(() => OnnxSession.Open(garbage)).Model);
        Assert.Throws<OnnxSessionException>(() => OnnxSession.Open([1, 2, 3]));
    }

    [Fact]
    public void The_optimised_model_can_be_looked_at()
    {
        string path = Path.Combine(_folder, "optimised.onnx");
        var settings = new OnnxSessionSettings
        {
            OptimizedModelPath = path,
            Optimization = GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
            IntraOpThreads = 1,
            ConfigEntries = new Dictionary<string, string> { ["session.intra_op.allow_spinning"] = "0" },
        };
        using (OnnxSession.Open(Linear(), settings))
        {
        }
        using var optimised = OnnxModel.Load(path);
        Assert.DoesNotContain(optimised.Proto.Graph.Node, node => node.OpType == "Identity");
    }

    [Fact]
    public void A_single_run_finds_the_shapes_of_its_outputs()
    {
        using var session = OnnxSession.Open(Linear());
        var input = new TensorBuffer<float>("x", [5, 3], 1, batched: false);
        input.Elements.Fill(1);
        var output = Assert.Single(session.RunOnce([input]));
        Assert.Equal([5L, 2L], output.RowShape);
        Assert.Equal([2, 0, 2, 0, 2, 0, 2, 0, 2, 0], ((TensorBuffer<float>)output).Elements.ToArray());
    }

    // y = (x0 + x2, x1 - x2), behind an Identity that optimisation removes.
    private static byte[] Linear()
    {
        var graph = new OnnxGraphBuilder("linear");
        graph.Input("x", DataType.Float, "N", 3);
        string same = graph.Node("Identity", ["x"]);
        graph.Node("MatMul", [same, graph.Initializer("w", [3, 2], [1f, 0, 0, 1, 1, -1])], "y");
        graph.Output("y", DataType.Float, "N", 2);
        return graph.ToModel(opset: 13).ToByteArray();
    }
}
