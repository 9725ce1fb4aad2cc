// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>What a search for levels came to.</summary>
/// <param name="Candidates">The solutions on the way, the best first: finely solved, near to what was asked, of the least objective.</param>
/// <param name="Solves">How many there were.</param>
/// <param name="Iterations">Iterations of all.</param>
/// <param name="Passes">Passes over the rows of all.</param>
internal sealed record LevelResult(IReadOnlyList<Candidate> Candidates, int Solves, int Iterations, int Passes);
