// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace MLNetExtensions.Benchmarks.Harness;

/// <summary>What the figures depend on besides the code.</summary>
internal static class MachineFacts
{
    public static IEnumerable<(string Key, string Value)> All()
    {
        yield return ("cpu", Processor());
        yield return ("cores", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture));
        yield return ("vector_bits", (Vector<byte>.Count * 8).ToString(CultureInfo.InvariantCulture));
        yield return ("os", RuntimeInformation.OSDescription);
        yield return ("runtime", RuntimeInformation.FrameworkDescription);
        yield return ("source", Source());
        yield return ("date", DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
    }

    private static string Source() => typeof(MachineFacts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(a => a.Key == "MLNetSource")?.Value ?? "unknown";

    private static string Processor()
    {
        const string Linux = "/proc/cpuinfo";
        string? line = File.Exists(Linux) ? File.ReadLines(Linux).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':') + 1)..].Trim() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
