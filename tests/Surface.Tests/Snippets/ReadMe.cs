// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Onnx;
using MLNetExtensions.Pipelines;
using MLNetExtensions.Quantization;
using MLNetExtensions.Quantization.Reports;
using MLNetExtensions.Transforms.OnnxScoring;

namespace MLNetExtensions.Surface.Tests.Snippets;

/// <summary>The code that README.md and docs/ show. It is compiled, and ReadMeSnippetTests runs it.</summary>
internal static class ReadMe
{
    public static ITransformer QuantizeInAPipeline(MLContext ml, IDataView rows)
    {
        var pipeline = ml.Transforms.CopyColumns("pixels", "Pixels")
            .Append(ml.Transforms.QuantizeOnnxModel("model.onnx", new OnnxQuantizationOptions { Form = QuantizationForm.Asymmetric }));
        var fitted = pipeline.Fit(rows);
        ml.Model.Save(fitted, rows.Schema, "model.zip");             // new MLContext().Model.Load("model.zip", out _) scores anywhere
        return fitted;
    }

    public static QuantizationReport QuantizeFiles()
    {
        QuantizationReport report = OnnxQuantizer.Quantize("model.onnx", "model.int4.onnx", new OnnxQuantizationOptions { BlockSize = 32 });
        foreach (var tensor in report.Tensors)
        {
            Console.WriteLine($"{tensor.Name}: {tensor.SignalToNoise:F1} dB, {tensor.BytesBefore} -> {tensor.BytesAfter} bytes, {tensor.Path}");
        }
        return report;
    }

    public static QuantizationReport QuantizeTwice(MLContext ml, IDataView data)
    {
        QuantizationReport report = OnnxQuantizer.Quantize("model.onnx", "model.int4.onnx", new OnnxQuantizationOptions { BlockSize = 32 });
        var transformer = ml.Transforms.QuantizeOnnxModel("model.onnx", new OnnxQuantizationOptions()).Fit(data);   // and transformer.Report
        return transformer.Report.BytesRatio == report.BytesRatio ? report : throw new InvalidOperationException("The transformer's report differs.");
    }

    public static void MarkAsNotTrained(OnnxModel model)
    {
        NotTrainedTensors.Mark(model.Proto, "parity_check_matrix");   // metadata 'mlnetextensions.not_trained': names, one to a line
    }

    public static IDataView ScoreInBatches(MLContext ml, IDataView rows)
    {
        var scorer = ml.Transforms.ApplyOnnxModelBatched(outputColumnName: "scores", inputColumnName: "pixels", modelFile: "model.onnx");
        IDataView scored = scorer.Fit(rows).Transform(rows);
        return scored;
    }

    public static IDataView ScoreWithOptions(MLContext ml, IDataView rows)
    {
        var options = new BatchedOnnxOptions
        {
            Model = OnnxModelSource.FromFile("model.onnx"),
            Inputs = [new OnnxInputColumn("Pixels", ModelInput: "pixels")],
            Outputs = [OnnxOutputColumn.Tensor("Score", modelOutput: "scores")],
            Scoring = new OnnxScoringOptions { BatchSize = 512, NaNScoresAreErrors = true },
        };
        var scored = ml.Transforms.ApplyOnnxModelBatched(options).Fit(rows).Transform(rows);
        return scored;
    }

    public static void EditAModel()
    {
        using var model = OnnxModel.Load("model.onnx");              // tensor bytes stay in the file
        foreach (var tensor in GraphWalk.Tensors(model.Proto))
        {
            Console.WriteLine($"{tensor.Name}: {model.DataOf(tensor).ByteLength} bytes");
        }
        OnnxChecker.ThrowIfUnsound(model);
        model.Save("copy.onnx");                                     // streamed, then renamed into place
    }
}
