// SPDX-License-Identifier: MIT
using Google.Protobuf;
using Microsoft.ML;
using MLNetExtensions.Onnx;
using MLNetExtensions.Pipelines;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Core.Tests.Pipelines;

/// <summary>Nearest centroid of many classes, exported with a vector of class probabilities and a class index.</summary>
internal sealed class MulticlassCentroidEstimator(string features, string label, string score = "Score", string predictedLabel = "PredictedLabel", ClassValues? classes = null) : IEstimator<OnnxModelTransformer>
{
    private static readonly OnnxSignature Signature = OnnxSignature.Read(OnnxModelSource.FromBytes(Export([[0], [1]])));

    public OnnxModelTransformer Fit(IDataView input)
    {
        Check(ColumnChecks.Of(input.Schema));
        var found = classes ?? ClassValues.FromKeyColumn(input.Schema[label]);
        var means = Centroids.Train(input, features, null, found.Count, row => ReadLabel(row, label));
        var source = OnnxModelSource.FromBytes(Export(means), "nearest centroid");
        return new OnnxModelTransformer(source, Columns(found), input.Schema, new OnnxScoringOptions { BatchSize = 8 });
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check(ColumnChecks.Of(inputSchema));
        return Columns(classes ?? ClassValues.Of("unknown before Fit")).Promise(Signature, inputSchema);
    }

    private OnnxColumns Columns(ClassValues found) => new(
        [new OnnxInputColumn(features, "features")],
        [OnnxOutputColumn.Tensor(score, "scores", found.Count == 3 ? ["first", "second", "third"] : ["?"]), OnnxOutputColumn.Key(predictedLabel, "index", found)]);

    private void Check(ColumnChecks checks)
    {
        checks.Features(features);
        checks.ClassLabel(label);
    }

    private static Func<int> ReadLabel(DataViewRow row, string name)
    {
        var read = ColumnReaders.Key(row, name);
        return () => (int)read() - 1;
    }

    private static byte[] Export(float[][] means)
    {
        int length = means[0].Length;
        float[] weights = [.. Enumerable.Range(0, length).SelectMany(i => means.Select(mean => 2 * mean[i]))];
        var graph = new OnnxGraphBuilder("centroids");
        graph.Input("features", DataType.Float, "N", length == 1 ? null : length);
        string product = graph.Node("MatMul", ["features", graph.Initializer("w", [length, means.Length], weights)]);
        string logits = graph.Node("Add", [product, graph.Initializer("b", [means.Length], [.. means.Select(mean => -mean.Sum(x => x * x))])]);
        graph.Node("Softmax", [logits], "scores");
        graph.Node("ArgMax", ["scores"], "index", new Dictionary<string, object> { ["axis"] = 1, ["keepdims"] = 0 });
        graph.Output("scores", DataType.Float, "N", means.Length).Output("index", DataType.Int64, "N");
        return graph.ToModel(opset: 13).ToByteArray();
    }
}
