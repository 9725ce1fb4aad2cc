// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Mpi.Tests;

/// <summary>A fact about processes that mpirun starts; skipped, saying so, where Open MPI is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MpiFactAttribute : FactAttribute
{
    internal const string Reason = "needs Open MPI: apt-get install openmpi-bin";

    /// <summary>Skips the fact where there is no mpirun.</summary>
    public MpiFactAttribute()
    {
        if (!MpiJob.IsPossible && !MpiJob.IsRequired)
        {
            Skip = Reason;
        }
    }
}
