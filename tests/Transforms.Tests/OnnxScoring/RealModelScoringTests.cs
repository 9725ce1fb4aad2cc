// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Onnx.Running;
using MLNetExtensions.Pipelines;
using MLNetExtensions.TestUtilities;
using MLNetExtensions.Transforms.OnnxScoring;

namespace MLNetExtensions.Transforms.Tests.OnnxScoring;

/// <summary>Real networks score in both faces what ML.NET scores.</summary>
public sealed class RealModelScoringTests
{
    [RealDataTheory]
    [InlineData("robust_model_sigmoid_linear.onnx", true)]
    [InlineData("mnist5x20_leaky_relu.onnx", true)]
    [InlineData("cnn_max_mninst3.onnx", true)]
    [InlineData("ort-mnist-cnn.onnx", false)]
    [InlineData("self-attention-mnist-pgd-medium-sim.onnx", false)]
    [InlineData("cifar_base_kw_simp.onnx", false)]
    public void Both_faces_score_what_ApplyOnnxModel_scores(string file, bool inBatches)
    {
        string path = RealData.PathOf("onnx/" + file);
        using var session = OnnxSession.Open(path);
        string input = session.Inputs[0].Name, output = session.Outputs[0].Name;
        int length = (int)session.Inputs[0].Dimensions.Where(d => d > 0).Aggregate(1L, (product, d) => product * d);
        var random = new Random(5);
        float[][] rows = [.. Enumerable.Range(0, 20).Select(_ => Enumerable.Range(0, length).Select(_ => random.NextSingle()).ToArray())];
        var data = new MemoryDataView(rows.Length).With("Pixels", new VectorDataViewType(NumberDataViewType.Single, length), (int row, ref VBuffer<float> value) => rows[row].AsSpan().CopyTo(Edit(ref value, length)));
        var context = new MLContext(1);
        var named = context.Transforms.CopyColumns(input, "Pixels").Fit(data).Transform(data);
        var expected = Snapshot.Of(context.Transforms.ApplyOnnxModel(output, input, path).Fit(named).Transform(named), [output]);

        using var transformer = context.Transforms.ApplyOnnxModelBatched(output, "Pixels", path, batchSize: 8).Fit(data);
        Assert.Equal(inBatches, transformer.ScoresInBatches);
        Assert.Null(Snapshot.Difference(expected, Snapshot.Of(transformer.Transform(data), [output]), 1e-5));
        using var stream = new MemoryStream();
        context.Model.Save(transformer, data.Schema, stream);
        stream.Position = 0;
        Assert.Null(Snapshot.Difference(expected, Snapshot.Of(new MLContext().Model.Load(stream, out _).Transform(data), [output]), 1e-5));
    }

    private static Span<float> Edit(ref VBuffer<float> value, int length)
    {
        var editor = VBufferEditor.Create(ref value, length);
        value = editor.Commit();
        return editor.Values;
    }
}
