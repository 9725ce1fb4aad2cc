// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Constrained;

namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>Moves levels: to where the scores suggest, farther or less far where earlier moves did too little or too much.</summary>
internal sealed class LevelSteps(ConstraintPlan plan)
{
    // How much more or less than suggested a level may move.
    private const double MostGain = 4, LeastGain = 0.3;
    private const double AtRest = 1e-9;

    private readonly double[] _levels = new double[plan.Terms.Length];
    private readonly double[] _suggested = new double[plan.Terms.Length];
    private readonly double[] _lastLevels = new double[plan.Terms.Length];
    private readonly double[] _lastMisses = new double[plan.Terms.Length];
    private readonly bool[] _wasActive = new bool[plan.Terms.Length];

    /// <summary>The levels to solve at.</summary>
    public ReadOnlySpan<double> Levels => _levels;

    /// <summary>Moves the levels.</summary>
    /// <param name="scores">The scores that the last levels led to.</param>
    /// <param name="solution">The solution there; null before the first.</param>
    /// <returns>Whether any level moved that matters.</returns>
    public bool Next(ReadOnlySpan<double> scores, ConstrainedSolution? solution)
    {
        plan.Propose(scores, _suggested);
        bool moved = false;
        for (int term = 0; term < _levels.Length; term++)
        {
            bool active = solution is not null && solution.Multipliers[term] > 0;
            double miss = _suggested[term] - _levels[term], next = _suggested[term];
            if (active && _wasActive[term])
            {
                // The secant of the fixed point's residual, along this level alone.
                double slope = (miss - _lastMisses[term]) / (_levels[term] - _lastLevels[term]), gain = -1 / slope;
                next = double.IsFinite(gain) && gain > 0 ? _levels[term] + (miss * Math.Clamp(gain, LeastGain, MostGain)) : next;
                // A loss is positive.
                next = plan.Terms[term].Loss is null || next > 0 ? next : _suggested[term];
            }
            moved |= Math.Abs(next - _levels[term]) > AtRest * (1 + Math.Abs(next));
            _lastLevels[term] = _levels[term];
            _lastMisses[term] = miss;
            _wasActive[term] = active;
            _levels[term] = next;
        }
        return moved;
    }
}
