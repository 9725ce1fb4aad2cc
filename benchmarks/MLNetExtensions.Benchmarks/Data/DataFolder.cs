// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Benchmarks.Data;

/// <summary>The folder of real data sets: <c>MLNETX_DATA</c>, else <c>shared/data</c> beside the repository.</summary>
public static class DataFolder
{
    /// <summary>A file of the data folder.</summary>
    /// <exception cref="FileNotFoundException">There is no data folder, or no such file in it.</exception>
    public static string PathOf(string relative)
    {
        string folder = Environment.GetEnvironmentVariable("MLNETX_DATA") is { Length: > 0 } chosen ? chosen : Path.Combine(Root(), "..", "shared", "data");
        string path = Path.GetFullPath(Path.Combine(folder, relative));
        return File.Exists(path) ? path : throw new FileNotFoundException($"This benchmark runs on real data, and '{path}' does not exist. Set MLNETX_DATA or put the data sets in ../shared/data.", path);
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MLNet.props")))
            {
                return folder.FullName;
            }
        }
        return ".";
    }
}
