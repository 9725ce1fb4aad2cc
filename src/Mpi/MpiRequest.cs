// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Mpi;

/// <summary>One call of MPI.</summary>
/// <param name="Call">Which.</param>
/// <param name="Send">What is sent; null for what lies in the receiving memory already.</param>
/// <param name="Receive">Where what is received goes.</param>
/// <param name="Count">Values to and from each rank; the exit code of <see cref="MpiCall.Abort"/>.</param>
/// <param name="IsDouble">Whether values are doubles, else floats.</param>
internal readonly record struct MpiRequest(MpiCall Call, nint Send = 0, nint Receive = 0, int Count = 0, bool IsDouble = false);
