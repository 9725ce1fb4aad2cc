// SPDX-License-Identifier: MIT
using System.CommandLine;
using MLNetExtensions.Onnx;
using MLNetExtensions.Quantization.Inspection;

namespace MLNetExtensions.Tool;

/// <summary><c>mlnetx inspect</c>.</summary>
internal static class InspectCommand
{
    public static Command Create(TextWriter output)
    {
        var path = new Argument<string>("model") { Description = "The ONNX model." };
        var json = new Option<bool>("--json") { Description = "Prints JSON instead of tables." };
        var command = new Command("inspect", "Shows a model's inputs, operators and tensors, and what quantization would make of them.\nExample: mlnetx inspect model.onnx")
        {
            path, json,
        };
        command.SetAction(arguments =>
        {
            using var model = OnnxModel.Load(arguments.GetRequiredValue(path));
            var summary = ModelSummary.Of(model);
            if (arguments.GetValue(json))
            {
                output.WriteLine(summary.ToJson());
            }
            else
            {
                Show(summary, output);
            }
            return ExitCode.Success;
        });
        return command;
    }

    private static void Show(ModelSummary summary, TextWriter output)
    {
        output.WriteLine($"IR version {summary.IrVersion}, {string.Join(", ", summary.Opsets)}{(summary.Producer.Length > 0 ? $", written by {summary.Producer}" : "")}");
        foreach (string input in summary.Inputs)
        {
            output.WriteLine($"input   {input}");
        }
        foreach (string result in summary.Outputs)
        {
            output.WriteLine($"output  {result}");
        }
        output.WriteLine($"operators: {string.Join(", ", summary.Operators.Select(pair => $"{pair.Value} {pair.Key}"))}");
        output.WriteLine($"{summary.Parameters:N0} elements in tensors, {summary.TensorBytes:N0} bytes");
        if (summary.OpsetObstacle is { } obstacle)
        {
            output.WriteLine($"standard 4-bit tensors are out of reach: {obstacle}");
        }
        if (summary.Tensors.Count > 0)
        {
            output.WriteLine("quantized to INT4 with the defaults:");
            Tables.Write(output, Tables.Of(summary.Tensors, errors: false));
        }
    }
}
