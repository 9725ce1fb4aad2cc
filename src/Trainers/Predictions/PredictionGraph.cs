// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime.Tensors;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Running;
using MLNetExtensions.Pipelines;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Trainers.Predictions;

/// <summary>The ONNX graphs of fitted models: from features to scores, probabilities and labels, constants included.</summary>
internal static class PredictionGraph
{
    public const string Features = "features";
    public const string Score = "score";
    public const string Probability = "probability";
    public const string PredictedLabel = "predicted_label";

    // The oldest with LayerNormalization, which networks need.
    private const long Opset = 17;
    private const string Rows = "N";

    /// <summary>What a graph for two classes takes and gives; sizes that only fitting knows are open.</summary>
    public static OnnxSignature BinarySignature { get; } = Signature((Score, TensorElementType.Float), (Probability, TensorElementType.Float), (PredictedLabel, TensorElementType.Bool));

    /// <summary>What a graph for many classes takes and gives.</summary>
    public static OnnxSignature MulticlassSignature { get; } = Signature((Score, TensorElementType.Float), (PredictedLabel, TensorElementType.Int64));

    /// <summary>What a graph for numbers takes and gives.</summary>
    public static OnnxSignature RegressionSignature { get; } = Signature((Score, TensorElementType.Float));

    /// <summary>Score, calibrated probability, and whether the score is above the threshold.</summary>
    public static OnnxModelSource Binary(IScoreFunction function, ScoreCalibration calibration, float threshold)
    {
        var graph = Begin(function);
        graph.Node("Identity", [function.Export(graph, Features)], Score);
        string odds = calibration == ScoreCalibration.LogOdds ? Score
            : graph.Node("Add", [graph.Node("Mul", [Score, Scalar(graph, "slope", calibration.Slope)]), Scalar(graph, "offset", calibration.Offset)]);
        graph.Node("Identity", [Logistic(graph, odds)], Probability);
        graph.Node("Greater", [Score, Scalar(graph, "threshold", threshold)], PredictedLabel);
        graph.Output(Score, DataType.Float, Rows, 1).Output(Probability, DataType.Float, Rows, 1).Output(PredictedLabel, DataType.Bool, Rows, 1);
        return Finish(graph, "binary classifier");
    }

    /// <summary>The scores of the classes, and the index of the highest.</summary>
    public static OnnxModelSource Multiclass(IScoreFunction function, ClassLink link)
    {
        var graph = Begin(function);
        string raw = function.Export(graph, Features);
        switch (link)
        {
            case ClassLink.Softmax:
                graph.Node("Softmax", [raw], Score, new Dictionary<string, object> { ["axis"] = 1 });
                break;
            case ClassLink.OneVersusRest:
                // The softmax of log-probabilities is the probabilities over their sum, and can't be 0 / 0.
                graph.Node("Softmax", [LogLogistic(graph, raw)], Score, new Dictionary<string, object> { ["axis"] = 1 });
                break;
            default:
                graph.Node("Identity", [raw], Score);
                break;
        }
        string highest = graph.Node("ArgMax", [raw], attributes: new Dictionary<string, object> { ["axis"] = 1, ["keepdims"] = 0 });
        string sum = graph.Node("ReduceSum", [raw, graph.Initializer(graph.UniqueName("axes"), [1], new long[] { 1 })], attributes: new Dictionary<string, object> { ["keepdims"] = 0 });
        // A row with a score that is not a number has no class: an index outside of them becomes the missing key.
        graph.Node("Where", [graph.Node("IsNaN", [sum]), graph.Initializer(graph.UniqueName("no_class"), [1], new long[] { -1 }), highest], PredictedLabel);
        graph.Output(Score, DataType.Float, Rows, function.Outputs).Output(PredictedLabel, DataType.Int64, Rows);
        return Finish(graph, "multiclass classifier");
    }

    /// <summary>The scores as they are: of a regression, the number that is predicted.</summary>
    public static OnnxModelSource Scores(IScoreFunction function)
    {
        var graph = Begin(function);
        graph.Node("Identity", [function.Export(graph, Features)], Score);
        graph.Output(Score, DataType.Float, Rows, function.Outputs);
        return Finish(graph, "scores");
    }

    // ONNX Runtime's Sigmoid reaches 0 at -17 and may fall below it: with e = exp(-|x|), it is 1 / (1 + e) or e / (1 + e), exact far beyond.
    private static string Logistic(OnnxGraphBuilder graph, string x)
    {
        string tail = Tail(graph, x), one = Scalar(graph, "one", 1);
        string isPositive = graph.Node("Greater", [x, Scalar(graph, "zero", 0)]);
        return graph.Node("Div", [graph.Node("Where", [isPositive, one, tail]), graph.Node("Add", [tail, one])]);
    }

    // The logarithm of it: min(x, 0) - log(1 + e).
    private static string LogLogistic(OnnxGraphBuilder graph, string x)
    {
        string rest = graph.Node("Log", [graph.Node("Add", [Tail(graph, x), Scalar(graph, "one", 1)])]);
        return graph.Node("Sub", [graph.Node("Min", [x, Scalar(graph, "zero", 0)]), rest]);
    }

    private static string Tail(OnnxGraphBuilder graph, string x) => graph.Node("Exp", [graph.Node("Neg", [graph.Node("Abs", [x])])]);

    private static OnnxGraphBuilder Begin(IScoreFunction function)
    {
        var graph = new OnnxGraphBuilder("prediction");
        graph.Input(Features, DataType.Float, Rows, function.Features);
        return graph;
    }

    private static OnnxModelSource Finish(OnnxGraphBuilder graph, string name) => OnnxModelSource.FromBytes(graph.ToModel(Opset).ToByteArray(), name);

    private static string Scalar(OnnxGraphBuilder graph, string name, float value) =>
        graph.Initializer(graph.UniqueName(name), [1], MemoryMarshal.CreateReadOnlySpan(ref value, 1));

    private static OnnxSignature Signature(params (string Name, TensorElementType Type)[] outputs) => new(
        "model to be fitted",
        [new OnnxTensorInfo(Features, TensorElementType.Float, [-1, -1])],
        [.. outputs.Select(output => new OnnxTensorInfo(output.Name, output.Type, [-1, -1]))]);
}
