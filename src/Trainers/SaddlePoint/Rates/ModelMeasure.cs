// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>What a model in single precision comes to on the training rows: rates, surrogates, and whether they are what was asked.</summary>
internal sealed class ModelMeasure
{
    // Of the numbers that a surrogate adds up.
    private const double Rounding = 1e-6;

    private readonly ConstraintPlan _plan;
    private readonly Candidate _candidate;
    private readonly RowRounding _rounding;
    private readonly float[] _weights;
    private readonly double _bias;
    private readonly double[] _scores;

    /// <summary>Measures.</summary>
    /// <param name="plan">What was asked.</param>
    /// <param name="candidate">The solution that the model was made of.</param>
    /// <param name="weights">The model's weights.</param>
    /// <param name="bias">Its bias.</param>
    /// <param name="scores">Its scores.</param>
    /// <param name="rounding">How exact they are.</param>
    public ModelMeasure(ConstraintPlan plan, Candidate candidate, float[] weights, double bias, double[] scores, RowRounding rounding)
    {
        _plan = plan;
        _candidate = candidate;
        _weights = weights;
        _bias = bias;
        _scores = scores;
        _rounding = rounding;
        Table = new RateTable(plan.Rows).Count(scores);
        Rates = plan.Measure(Table);
    }

    public RateTable Table { get; }

    /// <summary>The rate, difference or loss of each constraint.</summary>
    public double[] Rates { get; }

    /// <summary>Whether all constraints are kept.</summary>
    public bool IsMet
    {
        get
        {
            for (int form = 0; form < Rates.Length; form++)
            {
                if (!Keeps(form))
                {
                    return false;
                }
            }
            return true;
        }
    }

    /// <summary>Whether a constraint is kept; one on its surrogate as exactly as it was solved.</summary>
    public bool Keeps(int form)
    {
        if (_plan.Forms[form].Constraint.SurrogateLevel is not { } level)
        {
            return _plan.Forms[form].Constraint.Allows(Rates[form]);
        }
        foreach (int place in _plan.PlacesOf(form))
        {
            // A solve that has converged is above its levels by no more than its tolerance.
            double solved = _candidate.Status == SaddleStatus.Converged ? Math.Max(0, _candidate.Solution.Values[place]) : 0;
            if (!(ValueOf(place) <= level + solved + RoundingOf(place)))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The value of a surrogate.</summary>
    public double ValueOf(int place)
    {
        var term = _plan.Terms[place];
        double sum = 0;
        if (term.Linear is { } linear)
        {
            for (int i = 0; i < _weights.Length; i++)
            {
                sum += linear.Vector[i] * _weights[i];
            }
            return sum + (linear.BiasFactor * _bias);
        }
        var (rows, shares, _) = term.Loss!;
        for (int i = 0; i < rows.Length; i++)
        {
            sum += shares[i] * LossOf(rows[i]);
        }
        return sum;
    }

    /// <summary>What was minimised.</summary>
    public double Objective()
    {
        double sum = 0, penalty = 0, worst = 0;
        double[] weights = _plan.Problem.ObjectiveWeights;
        for (int row = 0; row < weights.Length; row++)
        {
            sum += weights[row] > 0 ? weights[row] * LossOf(row) : 0;
        }
        foreach (double weight in _weights)
        {
            penalty += weight * weight;
        }
        for (int place = 0; place < _plan.WorstTerms; place++)
        {
            worst = Math.Max(worst, ValueOf(place));
        }
        return sum + worst + (_plan.Problem.L2 / 2 * penalty);
    }

    private double LossOf(int row) => LogisticLoss.At(_plan.Rows.Positive[row] ? _scores[row] : -_scores[row]);

    private double RoundingOf(int place)
    {
        var term = _plan.Terms[place];
        double size = 0;
        if (term.Linear is { } linear)
        {
            for (int i = 0; i < _weights.Length; i++)
            {
                size += Math.Abs(linear.Vector[i] * _weights[i]);
            }
            return Rounding * (size + Math.Abs(linear.BiasFactor * _bias));
        }
        // A loss changes by no more than the score.
        var (rows, shares, _) = term.Loss!;
        for (int i = 0; i < rows.Length; i++)
        {
            size += shares[i] * _rounding.Of(rows[i]);
        }
        return size;
    }
}
