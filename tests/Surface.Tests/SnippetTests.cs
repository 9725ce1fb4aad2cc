// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;

namespace MLNetExtensions.Surface.Tests;

/// <summary>C# shown in README and docs stands, line by line, in a file under Snippets/ that this project compiles.</summary>
public sealed partial class SnippetTests
{
    public static TheoryData<string> Pages()
    {
        var pages = new TheoryData<string> { "README.md" };
        foreach (string page in Directory.GetFiles(Repository.PathOf("docs"), "*.md").Order(StringComparer.Ordinal))
        {
            pages.Add(Path.GetRelativePath(Repository.Root, page));
        }
        return pages;
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_snippet_of_a_page_is_compiled(string page)
    {
        string compiled = string.Join('\n', Directory.GetFiles(Repository.PathOf("tests", "Surface.Tests", "Snippets"), "*.cs").Select(file => Normal(File.ReadAllText(file))));
        foreach (Match snippet in CodeBlock().Matches(File.ReadAllText(Repository.PathOf(page)).ReplaceLineEndings("\n")))
        {
            string code = Normal(snippet.Groups[1].Value);
            Assert.True(compiled.Contains(code, StringComparison.Ordinal), $"{page} shows code that no file under Snippets/ compiles:\n{code}");
        }
    }

    [Fact]
    public void The_read_me_shows_code_and_the_two_commands()
    {
        string text = File.ReadAllText(Repository.PathOf("README.md"));

        Assert.NotEmpty(CodeBlock().Matches(text.ReplaceLineEndings("\n")));
        Assert.Contains("./build.sh demo", text, StringComparison.Ordinal);
        Assert.Contains("./build.sh test", text, StringComparison.Ordinal);
        Assert.True(text.Split('\n').Length < 250, "README.md is to stay below 250 lines.");
    }

    private static string Normal(string code) =>
        string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
