// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using MLNetExtensions.TestUtilities;
using Xunit.Abstractions;

namespace MLNetExtensions.Core.Tests.Onnx.Fuzzing;

/// <summary>Damaged models end in success or in a typed error within two seconds, in a process that may use 1 GiB.</summary>
public sealed class MutatedModelTests(ITestOutputHelper log)
{
    private const int BatchSize = 250;
    private const int LongestMilliseconds = 2000;
    private const int MostShown = 20;
    // How long a process may be silent before it is taken to hang; far above the limit, since the machine may be busy with other tests.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_thousand_damaged_models_are_accepted_or_refused() => Run(firstSeed: 0, count: 1000);

    [Fact]
    [Trait("Category", "Long")]
    public void Ten_thousand_damaged_models_are_accepted_or_refused() => Run(firstSeed: 100_000, count: 10_000);

    private void Run(int firstSeed, int count)
    {
        using var folder = new TemporaryFolder();
        byte[] external = File.ReadAllBytes(OnnxSamples.SaveWithExternalData(folder.Path));
        byte[] externalData = File.ReadAllBytes(folder.File("external.onnx.data"));
        List<(string Name, byte[] Bytes)> bases = [.. OnnxSamples.All.Keys.Select(name => (name, OnnxSamples.BytesOf(name))), ("external", external)];
        Assert.All(bases, model => Assert.True(model.Bytes.Length <= 30 * 1024));

        var outcomes = new Dictionary<string, int>();
        var failures = new List<string>();
        for (int batch = 0; batch < count; batch += BatchSize)
        {
            string batchFolder = Directory.CreateDirectory(folder.File($"batch{batch}")).FullName;
            File.WriteAllBytes(Path.Combine(batchFolder, "external.onnx.data"), externalData);
            for (int i = batch; i < Math.Min(batch + BatchSize, count); i++)
            {
                var (name, bytes) = bases[i % bases.Count];
                File.WriteAllBytes(Path.Combine(batchFolder, $"{firstSeed + i:D6}-{name}.onnx"), new ModelMutator(firstSeed + i).Mutate(bytes));
            }
            foreach (string line in Handle(batchFolder))
            {
                string[] parts = line.Split(' ', 4);
                outcomes[parts[0]] = outcomes.GetValueOrDefault(parts[0]) + 1;
                if (parts[0] is not ("accepted" or "refused") || double.Parse(parts[2], CultureInfo.InvariantCulture) > LongestMilliseconds)
                {
                    failures.Add(line);
                }
            }
            Directory.Delete(batchFolder, recursive: true);
        }

        log.WriteLine(string.Join(", ", outcomes.Select(outcome => $"{outcome.Value} {outcome.Key}")));
        Assert.True(failures.Count == 0, $"{failures.Count} failed: {string.Join(Environment.NewLine, failures.Take(MostShown))}");
        Assert.Equal(count, outcomes.Values.Sum());
        // Mutations that nothing survives, or that everything does, would test little.
        Assert.All(outcomes.Values, number => Assert.True(number > count / 20));
    }

    /// <summary>The outcome lines of the models in a folder, from a process of its own.</summary>
    private static List<string> Handle(string folder)
    {
        // Both projects build to artifacts/SOURCE/bin/PROJECT/CONFIGURATION.
        string here = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        string target = Path.Combine(here, "..", "..", "MLNetExtensions.FuzzTarget", Path.GetFileName(here), "MLNetExtensions.FuzzTarget.dll");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["exec", target, folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_GCHeapHardLimit"] = "0x40000000" },
        };
        using var process = Process.Start(start)!;
        var lines = new List<string>();
        string current = "nothing";
        var errors = process.StandardError.ReadToEndAsync();
        while (true)
        {
            var next = process.StandardOutput.ReadLineAsync();
            if (!next.Wait(Silence))
            {
                process.Kill();
                Assert.Fail($"{current} did not end within {Silence.TotalSeconds} s");
            }
            if (next.Result is not { } line)
            {
                break;
            }
            if (line.StartsWith("start ", StringComparison.Ordinal))
            {
                current = line;
            }
            else
            {
                lines.Add(line);
            }
        }
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"the process died at '{current}': {errors.Result}");
        return lines;
    }
}
