// SPDX-License-Identifier: MIT
using System.CommandLine;
using MLNetExtensions.Quantization;
using MLNetExtensions.Quantization.Solvers;

namespace MLNetExtensions.Tool;

/// <summary><c>mlnetx quantize</c>.</summary>
internal static class QuantizeCommand
{
    private static readonly string[] Formats = ["qdq", "matmulnbits"];

    public static Command Create(TextWriter output, CancellationToken cancellation)
    {
        var model = new Argument<string>("model") { Description = "The ONNX model; its external data lie beside it." };
        var target = new Option<string>("--output", "-o") { Description = "The file to write.", Required = true };
        var blockSize = new Option<int>("--block-size") { Description = "Weights that share a scale: 16, 32, 64, 128 or 256.", DefaultValueFactory = _ => 32 };
        var perChannel = new Option<bool>("--per-channel") { Description = "One scale for each output channel instead of blocks." };
        var perTensor = new Option<bool>("--per-tensor") { Description = "One scale for each tensor instead of blocks." };
        var format = new Option<string>("--format") { Description = "qdq: standard DequantizeLinear (opset 21). matmulnbits: ONNX Runtime's operator.", DefaultValueFactory = _ => Formats[0] };
        var symmetric = new Option<bool>("--symmetric") { Description = "A scale of either sign and no zero point (the default)." };
        var asymmetric = new Option<bool>("--asymmetric") { Description = "A scale and an integer zero point: lower error for a half byte a block." };
        var realOffset = new Option<bool>("--real-offset") { Description = "A scale and a real offset: the lowest error, four bytes a block." };
        var exclude = new Option<string[]>("--exclude") { Description = "A tensor or node to leave alone; * and ? are wildcards. May be repeated.", AllowMultipleArgumentsPerToken = false };
        var solver = new Option<string>("--solver") { Description = $"Chooses the scales: {string.Join(", ", ScaleSolvers.Names)}.", DefaultValueFactory = _ => "exact" };
        var accuracyLevel = new Option<int>("--accuracy-level") { Description = "Of MatMulNBits: 4 multiplies in 8 bits and is fast, 0 or 1 in 32-bit floats.", DefaultValueFactory = _ => 4 };
        var threads = new Option<int>("--threads") { Description = "Threads; the result does not depend on them.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var report = new Option<string?>("--report") { Description = "Writes the report as JSON to this file." };
        var json = new Option<bool>("--json") { Description = "Prints the report as JSON instead of a table." };

        format.AcceptOnlyFromAmong(Formats);
        var command = new Command("quantize", "Quantizes the weights of a model to INT4.\nExample: mlnetx quantize model.onnx -o model.int4.onnx --block-size 32 --asymmetric")
        {
            model, target, blockSize, perChannel, perTensor, format, symmetric, asymmetric, realOffset, exclude, solver, accuracyLevel, threads, report, json,
        };
        command.Validators.Add(result =>
        {
            AtMostOne(result, symmetric, asymmetric, realOffset);
            AtMostOne(result, perChannel, perTensor);
        });
        command.SetAction(arguments =>
        {
            var options = new OnnxQuantizationOptions
            {
                Form = arguments.GetValue(realOffset) ? QuantizationForm.RealOffset : arguments.GetValue(asymmetric) ? QuantizationForm.Asymmetric : QuantizationForm.Symmetric,
                Format = arguments.GetValue(format) == "matmulnbits" ? QuantizationFormat.MatMulNBits : QuantizationFormat.Qdq,
                Grouping = arguments.GetValue(perChannel) ? WeightGrouping.PerKernel : arguments.GetValue(perTensor) ? WeightGrouping.PerTensor : WeightGrouping.PerBlock,
                BlockSize = arguments.GetValue(blockSize),
                ExcludedNames = arguments.GetValue(exclude) ?? [],
                Solver = arguments.GetValue(solver)!,
                AccuracyLevel = arguments.GetValue(accuracyLevel),
                MaxDegreeOfParallelism = arguments.GetValue(threads),
                CancellationToken = cancellation,
            };
            Quantization.Run(arguments.GetRequiredValue(model), arguments.GetRequiredValue(target), options, arguments.GetValue(report), arguments.GetValue(json), output);
            return ExitCode.Success;
        });
        return command;
    }

    private static void AtMostOne(System.CommandLine.Parsing.CommandResult result, params Option[] options)
    {
        var given = options.Where(option => result.GetResult(option) is { Implicit: false }).ToArray();
        if (given.Length > 1)
        {
            result.AddError($"{given[0].Name} and {given[1].Name} exclude each other.");
        }
    }
}
