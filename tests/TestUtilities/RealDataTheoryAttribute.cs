// SPDX-License-Identifier: MIT
namespace MLNetExtensions.TestUtilities;

/// <summary>A theory about real data; skipped, saying so, where the data folder is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealDataTheoryAttribute : TheoryAttribute
{
    /// <summary>Skips the theory where there is no data folder.</summary>
    public RealDataTheoryAttribute()
    {
        if (RealData.Folder is null)
        {
            Skip = RealDataFactAttribute.Reason;
        }
    }
}
