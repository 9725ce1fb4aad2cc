// SPDX-License-Identifier: MIT
namespace MLNetExtensions.TestUtilities;

/// <summary>Where real data sets lie: <c>MLNETX_DATA</c>, else <c>shared/data</c> beside the repository. They are never part of it.</summary>
public static class RealData
{
    /// <summary>The data folder, or null where there is none.</summary>
    public static readonly string? Folder = Find();

    /// <summary>The full path of a file or folder of the data folder.</summary>
    public static string PathOf(string relative) =>
        Path.Combine(Folder ?? throw new InvalidOperationException("There is no data folder; mark the test [RealDataFact]."), relative);

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("MLNETX_DATA") is { Length: > 0 } chosen)
        {
            return Directory.Exists(chosen) ? Path.GetFullPath(chosen) : null;
        }
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MLNet.props")))
            {
                string beside = Path.Combine(folder.FullName, "..", "shared", "data");
                return Directory.Exists(beside) ? Path.GetFullPath(beside) : null;
            }
        }
        return null;
    }
}
