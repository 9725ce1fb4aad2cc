// SPDX-License-Identifier: MIT
using MLNetExtensions.Benchmarks.Harness;
using Spectre.Console;

IBenchmark[] benchmarks = [.. typeof(Program).Assembly.GetTypes()
    .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IBenchmark)))
    .Select(type => (IBenchmark)Activator.CreateInstance(type)!)
    .OrderBy(benchmark => benchmark.Name, StringComparer.Ordinal)];
IBenchmark? chosen = args.Length == 0 ? null : benchmarks.FirstOrDefault(benchmark => benchmark.Name == args[0]);
if (chosen is null)
{
    Console.Error.WriteLine(args.Length == 0 ? "Which benchmark?" : $"There is no benchmark '{args[0]}'.");
    foreach (IBenchmark benchmark in benchmarks)
    {
        Console.Error.WriteLine($"  {benchmark.Name,-18} {benchmark.Summary}");
    }
    return 2;
}
if (Console.IsOutputRedirected)
{
    AnsiConsole.Profile.Width = 120;
    AnsiConsole.Profile.Capabilities.Ansi = false;
    AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
}
BenchmarkReport report = new(chosen.Name, AnsiConsole.Console);
chosen.Run(report, args[1..]);
string path = report.Finish(Path.Combine("artifacts", "bench"));
Console.WriteLine($"Figures: {path}" + (report.Missed > 0 ? $"; {report.Missed} missed their targets." : ""));
return 0;
