// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace MLNetExtensions.Mpi.Tests;

/// <summary>What a program that was started, by mpirun or alone, left behind.</summary>
internal sealed record MpiJob(int ExitCode, string Output, string Errors, TimeSpan Elapsed)
{
    private const string RanksProject = "MLNetExtensions.MpiRanks";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Whether there is an mpirun of Open MPI on the path.</summary>
    public static bool IsPossible { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "mpirun"))) && IsOpenMpi();

    /// <summary>Whether a machine that lacks it fails the tests instead of skipping them.</summary>
    public static bool IsRequired { get; } = Environment.GetEnvironmentVariable("MLNETX_REQUIRE_MPI") == "1";

    /// <summary>Runs the program of the ranks as so many ranks.</summary>
    public static MpiJob Run(int ranks, params string[] arguments) =>
        Start("mpirun", ["--oversubscribe", "-n", ranks.ToString(), Host, "exec", ProgramOf(RanksProject), .. arguments], []);

    /// <summary>Runs the program of a sample as so many ranks; none for without mpirun.</summary>
    public static MpiJob RunSample(string project, int? ranks, params string[] arguments) => ranks is { } count
        ? Start("mpirun", ["--oversubscribe", "-n", count.ToString(), Host, "exec", ProgramOf(project), .. arguments], [])
        : Start(Host, ["exec", ProgramOf(project), .. arguments], []);

    /// <summary>Runs the program of the ranks without mpirun.</summary>
    public static MpiJob RunAlone((string Name, string Value)[] environment, params string[] arguments) => Start(Host, ["exec", ProgramOf(RanksProject), .. arguments], environment);

    private static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    // All projects build to artifacts/SOURCE/bin/PROJECT/CONFIGURATION.
    private static string ProgramOf(string project)
    {
        string here = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        return Path.GetFullPath(Path.Combine(here, "..", "..", project, Path.GetFileName(here), $"{project}.dll"));
    }

    private static bool IsOpenMpi() => Start("mpirun", ["--version"], []).Output.Contains("Open MPI", StringComparison.Ordinal);

    private static MpiJob Start(string file, string[] arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                // mpirun refuses root without these two; .NET writes control sequences to a terminal that it thinks it has.
                ["OMPI_ALLOW_RUN_AS_ROOT"] = "1",
                ["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1",
                ["TERM"] = "dumb",
            },
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }
        long begun = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{file} {string.Join(' ', arguments)} did not end within {Patience.TotalSeconds} s.");
        }
        return new MpiJob(process.ExitCode, output.Result, errors.Result, Stopwatch.GetElapsedTime(begun));
    }
}
