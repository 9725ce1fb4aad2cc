// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.TestUtilities;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Core.Tests.Onnx;

public sealed class OnnxCheckerTests
{
    public static TheoryData<string> Samples() => [.. OnnxSamples.All.Keys];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Sound_models_have_no_problems(string name) => Assert.Empty(Check(OnnxSamples.All[name]()));

    [RealDataTheory]
    [MemberData(nameof(RealModelTests.Models), MemberType = typeof(RealModelTests))]
    public void Real_models_have_no_problems(string file)
    {
        using var model = OnnxModel.Load(RealData.PathOf(file));

        Assert.Empty(OnnxChecker.Check(model));
    }

    [Fact]
    public void Each_broken_rule_is_named()
    {
        Expect(OnnxProblemKind.DuplicateName, "the name 'w' is already given", proto => proto.Graph.Initializer.Add(proto.Graph.Initializer[0].Clone()));
        Expect(OnnxProblemKind.DuplicateName, "the name 'y' is already given", proto => proto.Graph.Node.Add(proto.Graph.Node[2].Clone()));
        Expect(OnnxProblemKind.Order, "which nothing before it makes", proto => proto.Graph.Node.Insert(0, new NodeProto { OpType = "Neg", Input = { "y" }, Output = { "z" } }));
        Expect(OnnxProblemKind.Output, "nothing in the graph makes it", proto => proto.Graph.Output[0].Name = "nothing");
        Expect(OnnxProblemKind.Type, "element type type 77 is not known", proto => proto.Graph.Input[0].Type.TensorType.ElemType = 77);
        Expect(OnnxProblemKind.Type, "element type UNDEFINED is not known", proto => proto.Graph.Input[0].Type.TensorType.ClearElemType());
        Expect(OnnxProblemKind.Tensor, "it holds 3072 bytes; shape [32, 25] of FLOAT takes 3200", proto => proto.Graph.Initializer[0].Dims[1] = 25);
        Expect(OnnxProblemKind.Missing, "needs a type", proto => proto.Graph.Input[0].Type = null);
        Expect(OnnxProblemKind.Missing, "it has no graph", proto => proto.Graph = null);
        Expect(OnnxProblemKind.Missing, "it has no IR version", proto => proto.ClearIrVersion());
        Expect(OnnxProblemKind.Missing, "it names no operator", proto => proto.Graph.Node[0].ClearOpType());
        Expect(OnnxProblemKind.IrVersion, "newer than 14", proto => proto.IrVersion = 99);
        Expect(OnnxProblemKind.Opset, "imports no operator set", proto => proto.OpsetImport.Clear());
        Expect(OnnxProblemKind.Opset, "'ai.onnx' is imported twice", proto => proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "ai.onnx", Version = 3 }));
        Expect(OnnxProblemKind.Opset, "its operator domain 'com.microsoft' is not imported", proto => proto.Graph.Node[0].Domain = "com.microsoft");
        Expect(OnnxProblemKind.Attribute, "it does not state its type", proto => proto.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "a", I = 3 }));
        Expect(OnnxProblemKind.Attribute, "it is said to be Float and holds Int", proto => proto.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "a", I = 3, Type = AttributeProto.Types.AttributeType.Float }));
        Expect(OnnxProblemKind.Attribute, "it stands twice", proto => proto.Graph.Node[0].Attribute.Add([OnnxTypes.Attribute("a", 3), OnnxTypes.Attribute("a", 4)]));
        Expect(OnnxProblemKind.Attribute, "stands in none", proto => proto.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "a", RefAttrName = "b" }));
        Expect(OnnxProblemKind.Attribute, "holds nothing", proto => proto.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "a", Type = AttributeProto.Types.AttributeType.Tensor }));
    }

    [Fact]
    public void A_subgraph_that_takes_an_outer_name_is_reported()
    {
        var proto = OnnxSamples.If();
        proto.Graph.Node[0].Attribute[0].G.Initializer[0].Name = "shared";

        Assert.Contains(Check(proto), problem => problem.Kind == OnnxProblemKind.DuplicateName && problem.Where.Contains("then_branch", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(20, 10, OnnxProblemKind.Opset)]
    [InlineData(21, 9, OnnxProblemKind.IrVersion)]
    public void Four_bit_types_need_opset_21_and_IR_version_10(int opset, int irVersion, OnnxProblemKind kind)
    {
        var graph = new OnnxGraphBuilder();
        string codes = graph.Constant(OnnxTypes.Tensor("codes", DataType.Int4, [4], new byte[2]));
        graph.Output(graph.Node("DequantizeLinear", [codes, graph.Initializer("scale", [], (float[])[1])]), DataType.Float, 4);

        Assert.Equal(kind, Assert.Single(Check(graph.ToModel(opset, irVersion))).Kind);
        Assert.Empty(Check(graph.ToModel()));
    }

    [Fact]
    public void An_unsound_model_throws_with_its_problems()
    {
        var proto = OnnxSamples.MatMul();
        proto.Graph.Output[0].Name = "nothing";
        using var model = OnnxModel.Create(proto);

        Assert.Equal("model: graph, output 'nothing': nothing in the graph makes it", Assert.Throws<OnnxFormatException>(() => OnnxChecker.ThrowIfUnsound(model)).Message);
    }

    private static void Expect(OnnxProblemKind kind, string message, Action<ModelProto> breakIt)
    {
        var proto = OnnxSamples.MatMul();
        breakIt(proto);
        var problems = Check(proto);
        Assert.True(problems.Any(problem => problem.Kind == kind && problem.Message.Contains(message, StringComparison.Ordinal)), $"{kind}, {message}: {string.Join("; ", problems)}");
    }

    private static IReadOnlyList<OnnxProblem> Check(ModelProto proto)
    {
        using var model = OnnxModel.Create(proto);
        return OnnxChecker.Check(model);
    }
}
