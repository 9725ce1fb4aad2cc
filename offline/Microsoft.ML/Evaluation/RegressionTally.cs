// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>Gathers the errors of scores. Rows whose label or score is NaN do not count.</summary>
internal sealed class RegressionTally
{
    private double _absolute;
    private double _squares;
    private double _loss;
    private double _labels;
    private double _labelSquares;
    private long _rows;

    internal void Add(float label, float score)
    {
        if (float.IsNaN(label) || float.IsNaN(score))
        {
            return;
        }

        double error = Math.Abs((double)label - score);
        float single = score - label;
        _rows++;
        _absolute += error;
        _squares += error * error;
        _loss += single * single;
        _labels += label;
        _labelSquares += (double)label * label;
    }

    internal RegressionMetrics ToMetrics()
    {
        if (_rows == 0)
        {
            return new RegressionMetrics(0, 0, 0, 0);
        }

        double mean = _labels / _rows, variance = (_labelSquares / _rows) - (mean * mean), squared = _squares / _rows;
        return new RegressionMetrics(_absolute / _rows, squared, _loss / _rows, variance > 0 ? 1 - (squared / variance) : double.NaN);
    }
}
