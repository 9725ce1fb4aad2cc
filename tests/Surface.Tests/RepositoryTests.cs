// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;

namespace MLNetExtensions.Surface.Tests;

/// <summary>The rules of CONTRIBUTING.md that a program can check.</summary>
public sealed partial class RepositoryTests
{
    private static readonly string[] Folders = ["src", "tests", "samples", "benchmarks", "offline", "eng"];

    private static IEnumerable<string> Sources() =>
        from folder in Folders
        where Directory.Exists(Repository.PathOf(folder))
        from file in Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
        where !Excluded().IsMatch(Path.GetRelativePath(Repository.Root, file))
        select file;

    [Fact]
    public void No_source_file_passes_four_hundred_lines() =>
        Assert.Empty(Sources().Where(file => File.ReadLines(file).Count() > 400).Select(Relative));

    [Fact]
    public void Every_source_file_names_its_licence_in_the_first_line() =>
        Assert.Empty(Sources().Where(file => !File.ReadLines(file).First().TrimStart('\uFEFF').StartsWith("// SPDX-License-Identifier: MIT", StringComparison.Ordinal)).Select(Relative));

    [Fact]
    public void No_source_is_left_open() =>
        Assert.Empty(Sources().Where(file => Path.GetFileName(file) != "RepositoryTests.cs" && OpenEnd().IsMatch(File.ReadAllText(file))).Select(Relative));

    [Fact]
    public void Only_the_core_project_asks_for_Microsoft_ML_and_no_project_names_a_version()
    {
        foreach (string project in Directory.EnumerateFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(project);
            Assert.DoesNotContain("Version=\"", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\"Microsoft.ML", text, StringComparison.Ordinal);
            Assert.Equal(project.EndsWith("MLNetExtensions.Core.csproj", StringComparison.Ordinal), text.Contains("<UseMLNet>", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void No_product_source_asks_which_package_source_it_runs_on() =>
        Assert.Empty(Sources().Where(file => Relative(file).StartsWith("src", StringComparison.Ordinal) && SourceQuestion().IsMatch(File.ReadAllText(file))).Select(Relative));

    private static string Relative(string file) => Path.GetRelativePath(Repository.Root, file);

    [GeneratedRegex(@"(^|[/\\])(node_modules|bin|obj|artifacts)[/\\]")]
    private static partial Regex Excluded();

    [GeneratedRegex(@"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b")]
    private static partial Regex OpenEnd();

    [GeneratedRegex(@"OfflineML|MLNET_SOURCE|MLNetSource")]
    private static partial Regex SourceQuestion();
}
