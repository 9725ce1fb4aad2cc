// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Constrained;

namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>Moves levels: to where the scores suggest, farther or less far where earlier moves did too little or too much.</summary>
internal sealed class LevelSteps(ConstraintPlan plan)
{
    // How much more or less than suggested levels may move.
    private const double MostGain = 4, LeastGain = 0.3;
    private const double AtRest = 1e-9;

    private readonly double[] _levels = new double[plan.Terms.Length];
    private readonly double[] _suggested = new double[plan.Terms.Length];
    private readonly double[] _next = new double[plan.Terms.Length];
    private readonly double[] _lastLevels = new double[plan.Terms.Length];
    private readonly double[] _lastMisses = new double[plan.Terms.Length];
    private readonly bool[] _isActive = new bool[plan.Terms.Length];
    private readonly bool[] _wasActive = new bool[plan.Terms.Length];

    /// <summary>The levels to solve at.</summary>
    public ReadOnlySpan<double> Levels => _levels;

    /// <summary>Begins with levels that are known to be nearly right.</summary>
    public void Start(ReadOnlySpan<double> levels) => levels.CopyTo(_levels);

    /// <summary>Moves the levels.</summary>
    /// <param name="scores">The scores that the last levels led to.</param>
    /// <param name="solution">The solution there; null before the first.</param>
    /// <returns>Whether any level moved.</returns>
    public bool Next(ReadOnlySpan<double> scores, ConstrainedSolution? solution)
    {
        _isActive.CopyTo(_wasActive, 0);
        for (int term = 0; term < _isActive.Length; term++)
        {
            _isActive[term] = solution is not null && solution.Multipliers[term] > 0;
        }
        bool moved = false;
        for (int form = 0; form < plan.Forms.Length; form++)
        {
            plan.Propose(form, scores, _isActive, 1, _suggested);
            double gain = GainOf(plan.PlacesOf(form));
            plan.Propose(form, scores, _isActive, gain, _next);
            foreach (int term in plan.PlacesOf(form))
            {
                double miss = _suggested[term] - _levels[term], next = _next[term];
                if (plan.Terms[term].Loss is not null && _levels[term] + (gain * miss) is > 0 and var farther)
                {
                    next = farther;
                }
                moved |= Math.Abs(next - _levels[term]) > AtRest * (1 + Math.Abs(next));
                _lastLevels[term] = _levels[term];
                _lastMisses[term] = miss;
                _levels[term] = next;
            }
        }
        return moved;
    }

    // The secant of the fixed point's residual along the last move of those levels of a constraint that hold; one for all, so that they stay consistent.
    private double GainOf(ReadOnlySpan<int> terms)
    {
        double moved = 0, answered = 0;
        foreach (int term in terms)
        {
            if (_isActive[term] && _wasActive[term])
            {
                double move = _levels[term] - _lastLevels[term];
                moved += move * move;
                answered += move * (_lastMisses[term] - (_suggested[term] - _levels[term]));
            }
        }
        return answered > 0 && moved > 0 ? Math.Clamp(moved / answered, LeastGain, MostGain) : 1;
    }
}
