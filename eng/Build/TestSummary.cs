// SPDX-License-Identifier: MIT
using System.Xml.Linq;

namespace MLNetExtensions.Build;

/// <summary>Reads the test runs' result files, says what was skipped and why, and closes with one line of counts.</summary>
internal static class TestSummary
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    public static int Print(string folder, int exitCode)
    {
        var results = Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*.trx", SearchOption.AllDirectories).SelectMany(file => XDocument.Load(file).Descendants(Trx + "UnitTestResult")).ToArray()
            : [];
        int passed = results.Count(result => Outcome(result) == "Passed");
        var skipped = results.Where(result => Outcome(result) == "NotExecuted").ToArray();
        var failed = results.Where(result => Outcome(result) is not ("Passed" or "NotExecuted")).ToArray();

        if (failed.Length > 0)
        {
            Console.WriteLine("Failed:");
            foreach (var result in failed)
            {
                Console.WriteLine($"  {(string?)result.Attribute("testName")}");
            }
        }
        if (skipped.Length > 0)
        {
            Console.WriteLine("Skipped:");
            foreach (var reason in skipped.GroupBy(Reason).OrderByDescending(group => group.Count()))
            {
                Console.WriteLine($"  {reason.Count()} x {reason.Key}");
            }
        }
        if (results.Length == 0)
        {
            Console.WriteLine("No test ran.");
        }
        else if (exitCode != 0 && failed.Length == 0)
        {
            Console.WriteLine($"The test runner ended with exit code {exitCode} without a failed test: a test process died.");
        }
        Console.WriteLine($"{passed} passed, {failed.Length} failed, {skipped.Length} skipped");
        return exitCode != 0 || results.Length == 0 ? 1 : 0;
    }

    private static string? Outcome(XElement result) => (string?)result.Attribute("outcome");

    private static string Reason(XElement result) =>
        result.Descendants(Trx + "StdOut").Concat(result.Descendants(Trx + "Message")).Select(e => e.Value.Trim()).FirstOrDefault(text => text.Length > 0) ?? "no reason given";
}
