// SPDX-License-Identifier: MIT
using System.Globalization;
using MLNetExtensions.Benchmarks.Data;
using MLNetExtensions.Benchmarks.Harness;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Running;
using MLNetExtensions.Quantization;
using Spectre.Console;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Benchmarks.Quantization;

/// <summary>Accuracy, logits and size of a self-attention network with 4-bit weights, beside round-to-nearest of the same form.</summary>
public sealed class AttentionBenchmark : IBenchmark
{
    private const string ModelFile = "onnx/self-attention-mnist-pgd-medium-sim.onnx";
    private static readonly string[] Columns = ["weights", "bytes of fp32", "accuracy", "nearest", "logits dB", "nearest", "weights dB"];

    /// <inheritdoc/>
    public string Name => "int4-attention";

    /// <inheritdoc/>
    public string Summary => "a self-attention network at 4 bits, block 32, on 10 000 MNIST images, beside round-to-nearest";

    /// <inheritdoc/>
    public void Run(BenchmarkReport report, IReadOnlyList<string> arguments)
    {
        var images = MnistImages.ReadTest();
        using var original = LoadWithLogits();
        var truth = AttentionRun.Of(original, images);
        report.AtLeast("fp32_accuracy", truth.Accuracy, 0.974);
        var table = new Table().Title($"{images.Pixels.Length} images, block 32, ONNX Runtime {OnnxSession.RuntimeVersion}").Border(TableBorder.Rounded).AddColumns(Columns);
        foreach (var format in Enum.GetValues<QuantizationFormat>())
        {
            foreach (var form in Enum.GetValues<QuantizationForm>())
            {
                OnnxQuantizationOptions options = new() { Format = format, Form = form };
                var (ours, ratio, weights) = Quantized(options, images);
                var (nearest, _, _) = Quantized(options with { Solver = "max-abs" }, images);
                double ourNoise = ours.SignalToNoise(truth), nearestNoise = nearest.SignalToNoise(truth);
                table.AddRow(
                    $"{format} {form}", Text(ratio, "F4"), Text(ours.Accuracy, "P2"), Text(nearest.Accuracy, "P2"), Text(ourNoise, "F2"), Text(nearestNoise, "F2"), Text(weights, "F2"));
                string name = $"{format}_{form}".ToLowerInvariant();
                report.AtLeast(name + "_accuracy", ours.Accuracy, 0.971);
                report.AtLeast(name + "_accuracy_over_nearest", ours.Accuracy - nearest.Accuracy, -0.001);
                report.AtLeast(name + "_logits_db_over_nearest", ourNoise - nearestNoise, 0);
                report.AtMost(name + "_bytes_ratio", ratio, MostBytes(format, form));
            }
        }
        report.Show(table);
    }

    private static double MostBytes(QuantizationFormat format, QuantizationForm form) =>
        form == QuantizationForm.RealOffset ? 0.20 : format == QuantizationFormat.Qdq ? 0.165 : 0.172;

    private static (AttentionRun Run, double Ratio, double WeightNoise) Quantized(OnnxQuantizationOptions options, MnistImages images)
    {
        using var model = LoadWithLogits();
        var report = OnnxQuantizer.Quantize(model, options);
        var quantized = report.Tensors.Where(tensor => tensor.NormalizedSquaredError is not null).ToArray();
        double error = quantized.Sum(tensor => tensor.NormalizedSquaredError!.Value * tensor.BytesBefore) / quantized.Sum(tensor => tensor.BytesBefore);
        return (AttentionRun.Of(model, images), report.BytesRatio, -10 * Math.Log10(error));
    }

    private static OnnxModel LoadWithLogits()
    {
        var model = OnnxModel.Load(DataFolder.PathOf(ModelFile));
        model.Proto.Graph.Output.Add(OnnxTypes.Value(AttentionRun.LogitsName, DataType.Float, 1, 10));
        return model;
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
