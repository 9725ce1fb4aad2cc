// SPDX-License-Identifier: MIT
namespace MLNetExtensions.TestUtilities;

/// <summary>A fact about real data; skipped, saying so, where the data folder is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealDataFactAttribute : FactAttribute
{
    internal const string Reason = "needs the real data sets: set MLNETX_DATA or put them in ../shared/data";

    /// <summary>Skips the fact where there is no data folder.</summary>
    public RealDataFactAttribute()
    {
        if (RealData.Folder is null)
        {
            Skip = Reason;
        }
    }
}
