// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Mpi;

/// <summary>What the thread that speaks MPI is asked for.</summary>
internal enum MpiCall
{
    AllReduceSum,
    AllToAll,
    AllGather,
    Barrier,
    Abort,
    Finalize,
}
