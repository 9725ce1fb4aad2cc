// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Build;

/// <summary>What <c>build.sh</c> and <c>build.cmd</c> can do.</summary>
internal static class Verbs
{
    private const string Solution = "MLNetExtensions.sln";
    private static readonly string[] Quiet = ["-c", "Release", "--nologo", "-v", "quiet"];

    public static int Demo(string[] arguments)
    {
        Build();
        return RunProject("samples/QuantizeMnist", arguments);
    }

    public static int Bench(string[] arguments)
    {
        Build();
        return RunProject("benchmarks/MLNetExtensions.Benchmarks", arguments);
    }

    public static int Test(bool includeLong)
    {
        Build();
        string results = Path.Combine(Shell.Root, "artifacts", "test-results");
        if (Directory.Exists(results))
        {
            Directory.Delete(results, recursive: true);
        }
        List<string> arguments = ["test", Solution, "--no-build", .. Quiet, "--logger", "trx", "--results-directory", results];
        if (!includeLong)
        {
            arguments.AddRange(["--filter", "Category!=Long"]);
        }
        int exitCode = Shell.Run("dotnet", arguments);
        return TestSummary.Print(results, exitCode);
    }

    public static int Pack()
    {
        string source = PackageSource.Resolve();
        Build();
        int exitCode = Shell.Run("dotnet", ["pack", Solution, "--no-build", .. Quiet, "-o", Path.Combine(Shell.Root, "artifacts", "packages")]);
        if (exitCode == 0)
        {
            Console.WriteLine($"Packages of source '{source}' are in artifacts/packages.");
        }
        return exitCode;
    }

    public static int Source()
    {
        Console.WriteLine(PackageSource.Resolve(askAgain: true));
        return 0;
    }

    private static void Build()
    {
        string source = PackageSource.Resolve();
        Console.WriteLine($"Building ({source}) ...");
        if (Shell.Run("dotnet", ["build", Solution, .. Quiet]) != 0)
        {
            throw new BuildException("the build failed; its errors are above.");
        }
    }

    private static int RunProject(string project, string[] arguments) =>
        Shell.Run("dotnet", ["run", "--project", project, "-c", "Release", "--no-build", "--", .. arguments]);
}
