// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using MLNetExtensions.FuzzTarget;

// Handles the models of a folder one after another, as a program that knows nothing of them would, and says of each how it ended:
//   start <file>
//   <accepted|refused|crashed> <file> <milliseconds> <message>
// The test that started it bounds its heap, and takes a process that ends without the second line as a crash of that file.
if (args is not [string folder])
{
    Console.Error.WriteLine("usage: FuzzTarget FOLDER");
    return 2;
}
string output = Directory.CreateTempSubdirectory("mlnetx-fuzz-").FullName;
try
{
    foreach (string file in Directory.GetFiles(folder, "*.onnx").Order(StringComparer.Ordinal))
    {
        Console.WriteLine($"start {Path.GetFileName(file)}");
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        var (outcome, message) = Handling.Of(file, output);
        // A busy machine lets the clock run on; work that waits for nothing shows in the processor's time.
        double milliseconds = Math.Min(clock.Elapsed.TotalMilliseconds, (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds);
        Console.WriteLine($"{outcome} {Path.GetFileName(file)} {milliseconds.ToString("F0", CultureInfo.InvariantCulture)} {message.ReplaceLineEndings(" ")}");
    }
}
finally
{
    Directory.Delete(output, recursive: true);
}
return 0;
