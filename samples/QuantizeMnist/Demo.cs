// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Quantization;

namespace MLNetExtensions.Samples.QuantizeMnist;

/// <summary>Quantizes one network, takes it through ML.NET's model file, and measures both forms on the same rows.</summary>
internal sealed class Demo(DigitSet digits, string folder)
{
    /// <summary>Runs every step; tells each one's name and the fraction done.</summary>
    public DemoResult Run(DemoNetwork network, Action<string, double> tell)
    {
        var ml = new MLContext(seed: 1);
        var rows = digits.Load(ml);
        var rename = ml.Transforms.CopyColumns(network.Input, nameof(DigitImage.Pixels));

        tell("scoring in fp32", 0);
        var original = rename.Append(ml.Transforms.ApplyOnnxModelBatched(network.Output, network.Input, network.Path)).Fit(rows);
        double floatAccuracy = digits.Accuracy(Scores(original, rows, network));

        var options = new OnnxQuantizationOptions
        {
            Form = QuantizationForm.Asymmetric,
            Progress = new ImmediateProgress<QuantizationProgress>(state => tell("quantizing", 0.2 + (0.2 * state.Fraction))),
        };
        string quantizedPath = Path.Combine(folder, network.Name + ".int4.onnx");
        OnnxQuantizer.Quantize(network.Path, quantizedPath, options);

        tell("saving with ML.NET", 0.4);
        string saved = Path.Combine(folder, network.Name + ".zip");
        ml.Model.Save(rename.Append(ml.Transforms.QuantizeOnnxModel(network.Path, options)).Fit(rows), rows.Schema, saved);

        tell("loading in a new context", 0.5);
        var loaded = new MLContext().Model.Load(saved, out _);
        double quantizedAccuracy = digits.Accuracy(Scores(loaded, rows, network));

        tell("measuring scoring speed", 0.7);
        var batched = rename.Append(ml.Transforms.ApplyOnnxModelBatched(network.Output, network.Input, quantizedPath)).Fit(rows);
        var rowByRow = rename.Append(ml.Transforms.ApplyOnnxModel(network.Output, network.Input, quantizedPath)).Fit(rows);
        var speeds = Enumerable.Range(0, 3).Select(_ => (Batched: Speed(batched, rows, network), RowByRow: Speed(rowByRow, rows, network))).ToArray();
        tell("done", 1);

        return new DemoResult(
            network.Name, floatAccuracy, quantizedAccuracy, new FileInfo(network.Path).Length, new FileInfo(quantizedPath).Length,
            speeds.Max(speed => speed.Batched), speeds.Max(speed => speed.RowByRow));
    }

    private static IEnumerable<float[]> Scores(ITransformer model, IDataView rows, DemoNetwork network) =>
        model.Transform(rows).GetColumn<float[]>(network.Output);

    private double Speed(ITransformer model, IDataView rows, DemoNetwork network)
    {
        var clock = Stopwatch.StartNew();
        var scored = model.Transform(rows);
        using var cursor = scored.GetRowCursor([scored.Schema[network.Output]]);
        var score = cursor.GetGetter<VBuffer<float>>(scored.Schema[network.Output]);
        VBuffer<float> scores = default;
        while (cursor.MoveNext())
        {
            score(ref scores);
        }
        return digits.Images.Length / clock.Elapsed.TotalSeconds;
    }
}
