// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Surface.Tests;

/// <summary>Finds the repository that the tests were built from.</summary>
internal static class Repository
{
    public static readonly string Root = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MLNet.props")))
            {
                return folder.FullName;
            }
        }
        throw new InvalidOperationException("The tests do not run from inside the repository.");
    }
}
