// SPDX-License-Identifier: MIT
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Benchmarks.Data;
using MLNetExtensions.Benchmarks.Harness;
using MLNetExtensions.Onnx.Running;
using Spectre.Console;

namespace MLNetExtensions.Benchmarks;

/// <summary>Batched scoring beside ML.NET's own, on one model and the same rows in the same run.</summary>
public sealed class OnnxScoringBenchmark : IBenchmark
{
    private const int Classes = 10;
    private const int BatchSize = 256;
    private const int Rounds = 9;
    private static readonly string[] Columns = ["", "rows per second", "times ApplyOnnxModel"];

    /// <inheritdoc/>
    public string Name => "onnx-scoring";

    /// <inheritdoc/>
    public string Summary => "ApplyOnnxModelBatched beside ApplyOnnxModel on 10 000 MNIST images";

    /// <inheritdoc/>
    public void Run(BenchmarkReport report, IReadOnlyList<string> arguments)
    {
        string model = DataFolder.PathOf("onnx/robust_model_sigmoid_linear.onnx");
        var images = MnistImages.ReadTest();
        var context = new MLContext(1);
        using var session = OnnxSession.Open(model);
        string input = session.Inputs[0].Name, output = session.Outputs[0].Name;
        var definition = SchemaDefinition.Create(typeof(MnistImage));
        definition[nameof(MnistImage.Pixels)].ColumnName = input;
        var data = context.Data.LoadFromEnumerable(images.Pixels.Select(pixels => new MnistImage { Pixels = pixels }).ToArray(), definition);
        using var single = context.Transforms.ApplyOnnxModel(output, input, model).Fit(data);
        using var batched = context.Transforms.ApplyOnnxModelBatched(output, input, model, BatchSize).Fit(data);

        int count = images.Pixels.Length;
        float[] expected = new float[count * Classes], scores = new float[count * Classes];
        double[] seconds = InterleavedTimer.Medians(
            Rounds,
            () => Score(single.Transform(data), output, expected),
            () => Score(batched.Transform(data), output, scores),
            () => RunAlone(session, images.Pixels, 1),
            () => RunAlone(session, images.Pixels, BatchSize));
        double difference = expected.Zip(scores, (a, b) => Math.Abs(a - b)).Max();
        Report(report, count, seconds, difference);
    }

    private static void Report(BenchmarkReport report, int count, double[] seconds, double difference)
    {
        double[] rates = [.. seconds.Select(s => count / s)];
        var table = new Table().Title($"{count} images, medians of {Rounds} interleaved rounds, ONNX Runtime {OnnxSession.RuntimeVersion}").Border(TableBorder.Rounded).AddColumns(Columns);
        string[] names = ["ApplyOnnxModel", $"ApplyOnnxModelBatched ({BatchSize} rows)", "ONNX Runtime alone, 1 row", $"ONNX Runtime alone, {BatchSize} rows"];
        for (int i = 0; i < names.Length; i++)
        {
            table.AddRow(names[i], rates[i].ToString("N0", CultureInfo.InvariantCulture), (rates[i] / rates[0]).ToString("N2", CultureInfo.InvariantCulture));
        }
        report.Show(table);
        report.Add("apply_onnx_model_rows_per_second", rates[0]);
        report.Add("batched_rows_per_second", rates[1]);
        report.Add("onnx_runtime_batch_1_rows_per_second", rates[2]);
        report.Add("onnx_runtime_batch_256_rows_per_second", rates[3]);
        report.Add("onnx_runtime_version", OnnxSession.RuntimeVersion);
        report.AtLeast("batched_over_apply_onnx_model", rates[1] / rates[0], 3);
        // A slow ApplyOnnxModel would flatter us.
        report.AtLeast("apply_onnx_model_over_onnx_runtime_batch_1", rates[0] / rates[2], 0.5);
        report.AtMost("largest_score_difference", difference, 1e-5);
    }

    private static void Score(IDataView view, string column, float[] scores)
    {
        using var cursor = view.GetRowCursor([view.Schema[column]]);
        var getter = cursor.GetGetter<VBuffer<float>>(view.Schema[column]);
        VBuffer<float> value = default;
        for (int row = 0; cursor.MoveNext(); row++)
        {
            getter(ref value);
            value.CopyTo(scores.AsSpan(row * Classes, Classes));
        }
    }

    private static void RunAlone(OnnxSession session, float[][] rows, int batch)
    {
        var input = new TensorBuffer<float>(session.Inputs[0].Name, [28, 28], batch, batched: true);
        var output = new TensorBuffer<float>(session.Outputs[0].Name, [Classes], batch, batched: true);
        using var runner = session.CreateRunner([input], [output], batch);
        for (int start = 0; start < rows.Length; start += batch)
        {
            int count = Math.Min(batch, rows.Length - start);
            for (int i = 0; i < count; i++)
            {
                rows[start + i].CopyTo(input.Row(i));
            }
            runner.Run(count);
        }
    }
}
