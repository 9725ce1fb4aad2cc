// SPDX-License-Identifier: MIT
using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>Gathers labels, scores and probabilities. Rows whose label is missing or whose score is no finite number do not count.</summary>
internal sealed class BinaryTally
{
    private readonly List<(float Score, bool Positive)> _rows = [];
    private double _bits;

    internal int Count => _rows.Count;

    internal double LogLoss => _bits / Count;

    internal double Entropy
    {
        get
        {
            double share = (double)Positives / Count;
            return share is > 0 and < 1 ? -(share * Math.Log2(share)) - ((1 - share) * Math.Log2(1 - share)) : 0;
        }
    }

    private int Positives => _rows.Count(r => r.Positive);

    internal void Add(double label, float score, float probability)
    {
        if (double.IsNaN(label) || !float.IsFinite(score))
        {
            return;
        }

        bool positive = label > 0;
        _rows.Add((score, positive));
        _bits -= Math.Log2(positive ? probability : 1.0 - probability);
    }

    /// <summary>The share of pairs of a positive and a negative row that the scores put in order; ties count half.</summary>
    internal double AreaUnderRocCurve()
    {
        double positives = Positives, negatives = Count - positives;
        if (positives == 0)
        {
            throw new ArgumentOutOfRangeException("PosSample", "AUC is not defined when there is no positive class in the data");
        }

        if (negatives == 0)
        {
            throw new ArgumentOutOfRangeException("NegSample", "AUC is not defined when there is no negative class in the data");
        }

        double pairs = 0, negativesBelow = 0;
        foreach (IGrouping<float, (float Score, bool Positive)> tied in _rows.OrderBy(r => r.Score).GroupBy(r => r.Score))
        {
            int tiedPositives = tied.Count(r => r.Positive), tiedNegatives = tied.Count() - tiedPositives;
            pairs += tiedPositives * (negativesBelow + (0.5 * tiedNegatives));
            negativesBelow += tiedNegatives;
        }

        return pairs / (positives * negatives);
    }

    /// <summary>Trapezoids over the rows by falling score, those of one score in the order of the data.</summary>
    internal double AreaUnderPrecisionRecallCurve()
    {
        double positives = Positives, area = 0, precision = 1;
        int seen = 0, found = 0;
        foreach ((_, bool positive) in _rows.OrderByDescending(r => r.Score))
        {
            seen++;
            found += positive ? 1 : 0;
            double next = (double)found / seen;
            area += positive ? (precision + next) / 2 / positives : 0;
            precision = next;
        }

        return area;
    }

    internal ConfusionMatrix ToConfusionMatrix()
    {
        double[][] counts = [[0, 0], [0, 0]];
        foreach ((float score, bool positive) in _rows)
        {
            counts[positive ? 0 : 1][score > 0 ? 0 : 1]++;
        }

        double positives = Positives, negatives = Count - positives;
        string title = string.Create(
            CultureInfo.InvariantCulture, $"TEST POSITIVE RATIO:\t{positives / Count:F4} ({positives:F1}/({positives:F1}+{negatives:F1}))");
        return new ConfusionMatrix(counts, ["positive", "negative"], title);
    }
}
