// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Globalization;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Running;
using MLNetExtensions.Quantization;

namespace MLNetExtensions.Tool;

/// <summary>Parses the arguments, runs the command, and turns what went wrong into one line and an exit code.</summary>
internal static class CommandLine
{
    public static int Run(string[] arguments, TextWriter output, TextWriter errors, CancellationToken cancellation = default)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var root = new RootCommand("mlnetx: looks into ONNX models and quantizes them to INT4.")
        {
            QuantizeCommand.Create(output, cancellation),
            InspectCommand.Create(output),
        };
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            errors.WriteLine($"mlnetx: {OneLine(parsed.Errors[0].Message)} See 'mlnetx {parsed.CommandResult.Command.Name} --help'.".Replace("mlnetx mlnetx", "mlnetx", StringComparison.Ordinal));
            return ExitCode.WrongUsage;
        }
        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = errors });
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            errors.WriteLine($"mlnetx: {OneLine(failure.Message)}");
            return failure is ArgumentException ? ExitCode.WrongUsage : ExitCode.Failure;
        }
    }

    // Everything that a user's files and arguments can cause; anything else is a defect of ours and keeps its stack trace.
    private static bool IsExpected(Exception failure) => failure is OnnxFormatException or OnnxQuantizationException or OnnxSessionException
        or IOException or UnauthorizedAccessException or OperationCanceledException or ArgumentException or NotSupportedException;

    private static string OneLine(string message) => string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
