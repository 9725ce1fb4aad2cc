// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Tool;

/// <summary>What the tool tells the shell.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int WrongUsage = 2;
}
