// SPDX-License-Identifier: MIT
using Google.Protobuf;
using Microsoft.ML;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Running;
using MLNetExtensions.Pipelines;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Core.Tests.Pipelines;

/// <summary>Nearest centroid of two classes, exported with a scalar score, a probability and a boolean.</summary>
internal sealed class BinaryCentroidEstimator(string features, string label, string? weight = null, string prefix = "", int batchSize = 8) : IEstimator<OnnxModelTransformer>
{
    private readonly OnnxColumns _columns = new(
        [new OnnxInputColumn(features, "features")],
        [
            OnnxOutputColumn.Scalar(prefix + "Score", "score"),
            OnnxOutputColumn.Scalar(prefix + "Probability", "probability"),
            OnnxOutputColumn.Boolean(prefix + "PredictedLabel", "positive"),
        ]);

    public OnnxModelTransformer Fit(IDataView input)
    {
        Check(ColumnChecks.Of(input.Schema));
        var means = Centroids.Train(input, features, weight, 2, row => ReadLabel(row, label));
        var source = OnnxModelSource.FromBytes(Export(means[0], means[1]), "nearest centroid");
        return new OnnxModelTransformer(source, _columns, input.Schema, new OnnxScoringOptions { BatchSize = batchSize });
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check(ColumnChecks.Of(inputSchema));
        return _columns.Promise(Signature, inputSchema);
    }

    private static OnnxSignature Signature { get; } = OnnxSignature.Read(OnnxModelSource.FromBytes(Export([0], [1])));

    private void Check(ColumnChecks checks)
    {
        checks.Features(features);
        checks.BinaryLabel(label);
        checks.Weight(weight);
    }

    private static Func<int> ReadLabel(DataViewRow row, string name)
    {
        var read = ColumnReaders.Boolean(row, name);
        return () => read() ? 1 : 0;
    }

    // Closer to the positive mean: x . 2(p - n) + |n|^2 - |p|^2 > 0.
    private static byte[] Export(float[] negative, float[] positive)
    {
        float bias = negative.Sum(x => x * x) - positive.Sum(x => x * x);
        var graph = new OnnxGraphBuilder("centroids");
        graph.Input("features", DataType.Float, "N", negative.Length == 1 ? null : negative.Length);
        string product = graph.Node("MatMul", ["features", graph.Initializer("w", [negative.Length, 1], [.. positive.Zip(negative, (p, n) => 2 * (p - n))])]);
        graph.Node("Add", [product, graph.Initializer("b", [1], new[] { bias })], "score");
        graph.Node("Sigmoid", ["score"], "probability");
        graph.Node("Greater", ["score", graph.Initializer("threshold", [1], new[] { 0f })], "positive");
        graph.Output("score", DataType.Float, "N", 1).Output("probability", DataType.Float, "N", 1).Output("positive", DataType.Bool, "N", 1);
        return graph.ToModel(opset: 13).ToByteArray();
    }
}
