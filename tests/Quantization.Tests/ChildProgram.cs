// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Tests;

/// <summary>The tests' assembly as a program of its own, for what must be measured in a process that does nothing else.</summary>
internal static class ChildProgram
{
    /// <summary><c>SOURCE TARGET</c>: quantizes, and prints the most bytes of memory that were in use.</summary>
    public static int Main(string[] arguments)
    {
        if (arguments is not [var source, var target])
        {
            return 2;
        }
        var report = OnnxQuantizer.Quantize(source, target, new OnnxQuantizationOptions { Format = QuantizationFormat.MatMulNBits });
        Console.WriteLine(FormattableString.Invariant($"{report.QuantizedTensors} {Peak()}"));
        return 0;
    }

    /// <summary>Linux counts the high-water mark of the resident set; elsewhere the process class knows it.</summary>
    private static long Peak()
    {
        const string Mark = "VmHWM:";
        if (!File.Exists("/proc/self/status"))
        {
            return System.Diagnostics.Process.GetCurrentProcess().PeakWorkingSet64;
        }
        string line = File.ReadLines("/proc/self/status").First(text => text.StartsWith(Mark, StringComparison.Ordinal));
        return 1024 * long.Parse(line[Mark.Length..].Replace("kB", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);
    }
}
