// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Constrained;

namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>Moves levels: to where the scores suggest, farther or less far where earlier moves did too little or too much.</summary>
internal sealed class LevelSteps(ConstraintPlan plan)
{
    // How much more or less than suggested levels may move.
    private const double MostGain = 4, LeastGain = 0.3;
    private const double AtRest = 1e-9;

    // Of a level: how far from what the scores suggest it may be where the rate is coarse.
    private const double AtEdge = 0.05;

    // Of a level: how far from the edge of what can be met levels begin to be where solves become long.
    private const double LeastRoom = 3e-4;

    private readonly double[] _levels = new double[plan.Terms.Length];
    private readonly double[] _suggested = new double[plan.Terms.Length];
    private readonly double[] _next = new double[plan.Terms.Length];
    private readonly double[] _lastLevels = new double[plan.Terms.Length];
    private readonly double[] _lastMisses = new double[plan.Terms.Length];
    private readonly double[] _met = new double[plan.Terms.Length];
    private readonly bool[] _isActive = new bool[plan.Terms.Length];
    private readonly bool[] _wasActive = new bool[plan.Terms.Length];
    private double _trust = 1, _room, _strict = double.NegativeInfinity, _loose = double.PositiveInfinity;
    private bool _hasMet;

    /// <summary>The levels to solve at.</summary>
    public ReadOnlySpan<double> Levels => _levels;

    /// <summary>Begins with levels that are known to be nearly right.</summary>
    public void Start(ReadOnlySpan<double> levels) => levels.CopyTo(_levels);

    /// <summary>Keeps the values that surrogates have at a point: as levels, they can be met together.</summary>
    public void Keep(ConstrainedSolution solution)
    {
        for (int term = 0; term < _levels.Length; term++)
        {
            _met[term] = _levels[term] + solution.Values[term];
        }
        _hasMet = true;
        bool solved = solution.Status == SaddleStatus.Converged;
        _trust = solved ? Math.Min(1, 2 * _trust) : 0;
        _room = solved ? 0 : Math.Max(LeastRoom, 2 * _room);
    }

    /// <summary>Keeps the values that surrogates would have if all scores moved by as much.</summary>
    public void Keep(ConstrainedSolution solution, ReadOnlySpan<double> scores, double shift)
    {
        for (int term = plan.WorstTerms; term < _levels.Length; term++)
        {
            // Means of scores move alike, and their differences not at all.
            _met[term] = plan.Terms[term].Loss is { } loss ? LossOf(loss, scores, shift) : _levels[term] + solution.Values[term];
        }
        _hasMet = true;
        _trust = 0;
        _room = Math.Max(LeastRoom, 2 * _room);
    }

    private double LossOf(LossConstraint loss, ReadOnlySpan<double> scores, double shift)
    {
        double sum = 0;
        for (int i = 0; i < loss.Rows.Length; i++)
        {
            double score = scores[loss.Rows[i]] + shift;
            sum += loss.Weights[i] * LogisticLoss.At(plan.Rows.Positive[loss.Rows[i]] ? score : -score);
        }
        return sum;
    }

    /// <summary>Goes back, from levels that can't be met together, half way to what was met; where that point hardly could be found, beyond it.</summary>
    /// <returns>Whether any level moved.</returns>
    public bool Back()
    {
        bool hard = _room > 0;
        _room *= 2;
        _trust /= 2;
        return _hasMet && Approach(_levels, hard ? 0 : 0.5);
    }

    /// <summary>Goes to what was kept, and a little beyond.</summary>
    /// <returns>Whether any level moved.</returns>
    public bool BackToKept() => Approach(_levels, 0);

    /// <summary>Forgets between which levels the right one lies: at another tolerance it may lie elsewhere.</summary>
    public void Unbracket() => (_strict, _loose) = (double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Whether levels that hold, of rates that few rows make up, are about what the scores suggest: the last row that must not be missed is near 0, and nothing is given away.</summary>
    public bool IsAtEdge(ReadOnlySpan<double> scores, ConstrainedSolution solution)
    {
        for (int form = 0; form < plan.Forms.Length; form++)
        {
            int term = plan.IsCoarse(form) ? plan.PlacesOf(form)[0] : -1;
            if (term < 0 || !(solution.Multipliers[term] > ConstraintPlan.NoMultiplier))
            {
                continue;
            }
            plan.Propose(form, scores, _isActive, 1, _suggested);
            if (Math.Abs(_suggested[term] - _levels[term]) > AtEdge * _levels[term])
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Moves the levels.</summary>
    /// <param name="scores">The scores that the last levels led to.</param>
    /// <param name="solution">The solution there; null before the first.</param>
    /// <param name="kept">Whether the rates there are what was asked.</param>
    /// <returns>Whether any level moved.</returns>
    public bool Next(ReadOnlySpan<double> scores, ConstrainedSolution? solution, bool kept = false)
    {
        double last = _levels.Length == 1 ? _levels[0] : 0;
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
        if (solution?.Status == SaddleStatus.Converged && _levels.Length == 1 && plan.IsFree(0))
        {
            moved = Bracket(last, kept) && Math.Abs(_levels[0] - last) > AtRest * (1 + Math.Abs(last));
        }
        // After levels that could not be met, strictness is approached in shorter steps.
        return (_hasMet && _trust < 1 && Approach(_levels, _trust)) || moved;
    }

    // Where there is one level, rates are kept at stricter ones and missed at looser ones: what is proposed must lie between. False where there is nothing between.
    private bool Bracket(double last, bool kept)
    {
        (_strict, _loose) = kept ? (Math.Max(_strict, last), _loose) : (_strict, Math.Min(_loose, last));
        if (_strict >= _loose)
        {
            // Rates are steps, and not quite monotone.
            Unbracket();
            return true;
        }
        if (double.IsFinite(_strict) && double.IsFinite(_loose))
        {
            _levels[0] = _levels[0] > _strict && _levels[0] < _loose ? _levels[0] : (_strict + _loose) / 2;
            return _loose - _strict > AtRest * (1 + Math.Abs(last));
        }
        return true;
    }

    // From what was met towards stricter levels, part of the way; what is looser than that can be met anyway.
    private bool Approach(ReadOnlySpan<double> levels, double part)
    {
        bool moved = false;
        for (int term = plan.WorstTerms; term < _levels.Length; term++)
        {
            double met = _met[term] + (_room * Math.Abs(_met[term]));
            if (plan.IsFree(term) && levels[term] < met)
            {
                double next = met + (part * (levels[term] - met));
                moved |= Math.Abs(next - levels[term]) > AtRest * (1 + Math.Abs(next));
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
