// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>What became of one surrogate of a constraint.</summary>
/// <param name="Name">What it is, in words.</param>
/// <param name="Level">The level that it had to keep to.</param>
/// <param name="Value">Its value on the training rows.</param>
/// <param name="Multiplier">Its Lagrange multiplier: by how much the objective would fall for each unit that the level rises; 0 where it does not bind. Where the levels can't all be met there is none, and a large one says what is in the way.</param>
/// <param name="Conflict">Where levels could not be met together: its part in that, from 0 to 1; the parts of all surrogates add up to 1. Else 0.</param>
public sealed record SurrogateOutcome(string Name, double Level, double Value, double Multiplier, double Conflict);
