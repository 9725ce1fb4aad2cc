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
        graph.Node("Sigmoid", [odds], Probability);
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
                string each = graph.Node("Sigmoid", [raw]);
                graph.Node("Div", [each, graph.Node("ReduceL1", [each], attributes: new Dictionary<string, object> { ["axes"] = new long[] { 1 } })], Score);
                break;
            default:
                graph.Node("Identity", [raw], Score);
                break;
        }
        graph.Node("ArgMax", [raw], PredictedLabel, new Dictionary<string, object> { ["axis"] = 1, ["keepdims"] = 0 });
        graph.Output(Score, DataType.Float, Rows, function.Outputs).Output(PredictedLabel, DataType.Int64, Rows);
        return Finish(graph, "multiclass classifier");
    }

    /// <summary>The number that is predicted.</summary>
    public static OnnxModelSource Regression(IScoreFunction function)
    {
        var graph = Begin(function);
        graph.Node("Identity", [function.Export(graph, Features)], Score);
        graph.Output(Score, DataType.Float, Rows, 1);
        return Finish(graph, "regression model");
    }

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
