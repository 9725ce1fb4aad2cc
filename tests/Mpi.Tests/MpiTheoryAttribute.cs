// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Mpi.Tests;

/// <summary>A theory about processes that mpirun starts; skipped, saying so, where Open MPI is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MpiTheoryAttribute : TheoryAttribute
{
    /// <summary>Skips the theory where there is no mpirun.</summary>
    public MpiTheoryAttribute()
    {
        if (!MpiJob.IsPossible && !MpiJob.IsRequired)
        {
            Skip = MpiFactAttribute.Reason;
        }
    }
}
