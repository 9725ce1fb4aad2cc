// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;

namespace MLNetExtensions.Build;

/// <summary>Decides once where Microsoft.ML comes from, and records it for plain <c>dotnet build</c>.</summary>
internal static partial class PackageSource
{
    private static string RecordPath => Path.Combine(Shell.Root, "MLNetSource.local.props");

    /// <summary>The source in force: the environment's, else the recorded one, else what a restore of the probe project tells.</summary>
    public static string Resolve(bool askAgain = false)
    {
        if (Environment.GetEnvironmentVariable("MLNET_SOURCE") is { Length: > 0 } chosen)
        {
            return Prepare(chosen is "nuget" or "offline"
                ? chosen
                : throw new BuildException($"MLNET_SOURCE is '{chosen}'; it must be 'nuget' or 'offline'."));
        }
        if (!askAgain && File.Exists(RecordPath) && Recorded().Match(File.ReadAllText(RecordPath)) is { Success: true } record)
        {
            return Prepare(record.Groups[1].Value);
        }

        string source = Probe();
        File.WriteAllText(RecordPath, $"""
            <Project>
              <PropertyGroup>
                <MLNetSource>{source}</MLNetSource>
              </PropertyGroup>
            </Project>

            """);
        return Prepare(source);
    }

    private static string Probe()
    {
        Console.WriteLine("Asking the package feed for Microsoft.ML ...");
        var (exitCode, output) = Shell.Capture("dotnet", "restore", "eng/Probe/Probe.csproj", "-p:MLNetSource=nuget", "--nologo");
        if (exitCode == 0)
        {
            Console.WriteLine("The feed carries it: building on the real packages (nuget).");
            return "nuget";
        }
        var errors = output.Split('\n').Where(line => line.Contains("error", StringComparison.Ordinal)).ToArray();
        if (errors.Length > 0 && errors.All(line => MissingMLNet().IsMatch(line)))
        {
            Console.WriteLine("The feed does not carry it: building on the stand-in under offline/.");
            return "offline";
        }
        throw new BuildException($"the package feed could not be asked for Microsoft.ML:{Environment.NewLine}{output.Trim()}");
    }

    private static string Prepare(string source)
    {
        if (source == "offline" && !Directory.Exists(Path.Combine(Shell.Root, "offline/OnnxRuntime/node_modules/com.github.asus4.onnxruntime/Runtime")))
        {
            if (!OperatingSystem.IsLinux())
            {
                throw new BuildException("the offline source is for linux-x64 only. Use a feed that carries Microsoft.ML, or set MLNET_SOURCE=nuget.");
            }
            if (!Shell.Exists("node") || !Shell.Exists("npm"))
            {
                throw new BuildException("the offline source takes ONNX Runtime from npm, and 'node' or 'npm' is not on the PATH. Install Node.js 20 or newer: https://nodejs.org/");
            }
            Console.WriteLine("Restoring ONNX Runtime from npm (about 150 MB, once) ...");
            var (exitCode, output) = Shell.Capture("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", "offline/OnnxRuntime");
            if (exitCode != 0)
            {
                throw new BuildException($"'npm ci' failed in offline/OnnxRuntime:{Environment.NewLine}{output.Trim()}");
            }
        }
        // Children of this process, dotnet among them, follow what was decided here.
        Environment.SetEnvironmentVariable("MLNET_SOURCE", source);
        return source;
    }

    [GeneratedRegex("<MLNetSource>(nuget|offline)</MLNetSource>")]
    private static partial Regex Recorded();

    [GeneratedRegex(@"error NU110[12]: .*Microsoft\.ML")]
    private static partial Regex MissingMLNet();
}
