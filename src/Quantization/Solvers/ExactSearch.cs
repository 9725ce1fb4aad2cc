// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Solvers;

/// <summary>The globally best scale and zero point of one group: probes bound where they can lie, a sweep over the code changes in there finds them.</summary>
internal ref struct ExactSearch
{
    /// <summary>Scales of the first probes, as multiples of the smallest scale that clips nothing. Half of them lie where small groups have their optimum.</summary>
    private static readonly float[] FirstMultiples =
        [0.50f, 0.62f, 0.70f, 0.76f, 0.81f, 0.85f, 0.89f, 0.93f, 0.97f, 1.03f, 1.10f, 1.21f, 1.40f, 1.85f, 3.0f, 6.0f];

    private const int MostRounds = 10;
    /// <summary>Up to here the clipping of the largest weight bounds the scale well enough from below; longer groups sum the clipping of all.</summary>
    private const int SingleWeightBoundLimit = 64;

    private const double Slack = 1e-6;

    private readonly SplitGroup _group;
    private readonly int _firstZeroPoint;
    private readonly int _lastZeroPoint;
    private double _feasibleError;

    private ExactSearch(SplitGroup group, int firstZeroPoint, int lastZeroPoint)
    {
        _group = group;
        _firstZeroPoint = firstZeroPoint;
        _lastZeroPoint = lastZeroPoint;
        _feasibleError = group.Energy;
    }

    /// <summary>The best scale for codes -z..15-z over a range of zero points z.</summary>
    public static (SweepResult Result, int ZeroPoint) Solve(SplitGroup group, int firstZeroPoint, int lastZeroPoint)
    {
        if (group.PositiveCount + group.NegativeCount == 0)
        {
            return (new(1, 0), firstZeroPoint);
        }
        return new ExactSearch(group, firstZeroPoint, lastZeroPoint).Solve();
    }

    /// <summary>The smallest scale at which rounding clips nothing: from there up no zero point does better.</summary>
    private readonly double Unclipped(int zeroPoint) => Math.Max(_group.Above / (15.5 - zeroPoint), _group.Below / (zeroPoint + 0.5));

    private (SweepResult Result, int ZeroPoint) Solve()
    {
        int widest = _lastZeroPoint;
        for (int zeroPoint = _lastZeroPoint - 1; zeroPoint >= _firstZeroPoint; zeroPoint--)
        {
            widest = Unclipped(zeroPoint) < Unclipped(widest) ? zeroPoint : widest;
        }
        double unclipped = Unclipped(widest);
        // Above twice the largest magnitude every code is 0.
        double ceiling = 2 * Math.Max(_group.Above, _group.Below);
        (SweepResult Result, int ZeroPoint) best = (SolveOne(widest, ceiling, unclipped, first: true), widest);
        for (int distance = 1; distance <= 15; distance++)
        {
            foreach (int zeroPoint in (ReadOnlySpan<int>)[widest - distance, widest + distance])
            {
                if (zeroPoint >= _firstZeroPoint && zeroPoint <= _lastZeroPoint && LowerBound(zeroPoint) < unclipped)
                {
                    SweepResult result = SolveOne(zeroPoint, unclipped, unclipped, first: false);
                    best = result.IsBetterThan(best.Result) ? (result, zeroPoint) : best;
                }
            }
        }
        return best;
    }

    /// <summary>Below it the clipping of a largest weight alone costs more than a known solution.</summary>
    private readonly double LowerBound(int zeroPoint)
    {
        double root = Math.Sqrt(_feasibleError);
        return (1 - Slack) * Math.Max(Bound(_group.Above - root, 15 - zeroPoint), Bound(_group.Below - root, zeroPoint));
    }

    private static double Bound(double reach, int cap) => reach <= 0 ? 0 : cap == 0 ? double.PositiveInfinity : reach / cap;

    private SweepResult SolveOne(int zeroPoint, double ceiling, double unclipped, bool first)
    {
        int positiveCap = 15 - zeroPoint;
        int negativeCap = zeroPoint;
        Span<float> scales = stackalloc float[ScaleProbes.Count];
        Span<double> errors = stackalloc double[ScaleProbes.Count];
        ScaleInterval interval = new(LowerBound(zeroPoint), ceiling);
        double sum = MagnitudeSums.Sum(_group.PaddedPositives) + MagnitudeSums.Sum(_group.PaddedNegatives);
        int count = _group.PositiveCount + _group.NegativeCount;
        for (int round = 0; round < MostRounds && !interval.IsEmpty; round++)
        {
            if (first && round == 0)
            {
                for (int i = 0; i < scales.Length; i++)
                {
                    scales[i] = (float)unclipped * FirstMultiples[i];
                }
            }
            else
            {
                double changes = interval.Lowest > 0 ? sum * ((1 / interval.Lowest) - (1 / interval.Highest)) : double.PositiveInfinity;
                if (changes < 10 + (count / 8))
                {
                    break;
                }
                Spread(interval, scales);
            }
            ScaleProbes.Errors(_group, positiveCap, negativeCap, scales, errors);
            foreach (double error in errors)
            {
                _feasibleError = Math.Min(_feasibleError, error * (1 + ScaleProbes.RelativeError));
            }
            interval.RaiseTo(LowerBound(zeroPoint));
            interval.Exclude(scales, errors, _feasibleError, _group.Energy);
            if (count > SingleWeightBoundLimit && interval.Lowest < scales[0])
            {
                ScaleProbes.ClippingErrors(_group, positiveCap, negativeCap, scales, errors);
                interval.ExcludeClipping(scales, errors, _feasibleError);
            }
        }
        if (interval.IsEmpty)
        {
            return new(1, 0);
        }
        SweepResult result = _group.Events.Sweep(_group, positiveCap, negativeCap, interval);
        _feasibleError = Math.Min(_feasibleError, Math.Max(_group.Energy - result.Gain, 0) + (1e-13 * _group.Energy));
        return result;
    }

    /// <summary>Scales at equal ratios inside an interval, its ends left out.</summary>
    private static void Spread(ScaleInterval interval, Span<float> scales)
    {
        double lowest = Math.Max(interval.Lowest, interval.Highest / 64);
        double ratio = Math.Pow(interval.Highest / lowest, 1.0 / scales.Length);
        double scale = lowest * Math.Sqrt(ratio);
        for (int i = 0; i < scales.Length; i++, scale *= ratio)
        {
            scales[i] = (float)scale;
        }
    }
}
