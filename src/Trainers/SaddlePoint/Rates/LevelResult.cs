// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>What a search for levels came to.</summary>
/// <param name="Candidates">The solutions on the way, the best first: finely solved, near to what was asked, of the least objective.</param>
/// <param name="Solves">How many there were.</param>
/// <param name="Iterations">Iterations of all.</param>
/// <param name="Passes">Passes over the rows of all.</param>
/// <param name="Trouble">What was in the way the last time that a solve did not lead to a point; null where all did.</param>
/// <param name="Shares">Where levels could not be met together: how much each of the solver's constraints is part of that, of 1; else empty.</param>
internal sealed record LevelResult(IReadOnlyList<Candidate> Candidates, int Solves, int Iterations, int Passes, SaddleStatus? Trouble, double[] Shares);
