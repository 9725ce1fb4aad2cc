// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;

namespace MLNetExtensions.Build;

/// <summary>Runs child processes from the repository's root.</summary>
internal static class Shell
{
    public static readonly string Root = FindRoot();

    /// <summary>Runs a command on the console that we have; returns its exit code.</summary>
    public static int Run(string command, params IEnumerable<string> arguments)
    {
        using var process = Start(command, arguments, redirect: false);
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Runs a command silently; returns its exit code and everything it printed.</summary>
    public static (int ExitCode, string Output) Capture(string command, params IEnumerable<string> arguments)
    {
        using var process = Start(command, arguments, redirect: true);
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    /// <summary>True when the command can be started at all.</summary>
    public static bool Exists(string command)
    {
        try
        {
            return Capture(command, "--version").ExitCode == 0;
        }
        catch (BuildException)
        {
            return false;
        }
    }

    private static Process Start(string command, IEnumerable<string> arguments, bool redirect)
    {
        // On Windows npm is a script, which only the command interpreter can start.
        bool script = OperatingSystem.IsWindows() && command == "npm";
        var start = new ProcessStartInfo(script ? "cmd" : command, script ? ["/c", command, .. arguments] : arguments)
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = redirect,
            RedirectStandardError = redirect,
        };
        try
        {
            return Process.Start(start) ?? throw new BuildException($"'{command}' could not be started.");
        }
        catch (Win32Exception)
        {
            throw new BuildException($"'{command}' is not on the PATH.");
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MLNet.props")))
            {
                return folder.FullName;
            }
        }
        throw new BuildException("the repository's root (the folder that holds MLNet.props) was not found.");
    }
}
