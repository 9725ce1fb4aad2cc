// SPDX-License-Identifier: MIT
using MLNetExtensions.Tool;

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    interrupted.Cancel();
};
return CommandLine.Run(args, Console.Out, Console.Error, interrupted.Token);
