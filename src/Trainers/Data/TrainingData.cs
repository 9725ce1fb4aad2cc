// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.Data;

/// <summary>Rows to train on: in memory (<see cref="TrainingRows"/>), or read anew at each epoch.</summary>
public abstract class TrainingData
{
    private protected TrainingData(int features)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        Features = features;
    }

    /// <summary>How many features a row has.</summary>
    public int Features { get; }

    /// <summary>How many rows there are.</summary>
    public abstract long Count { get; }

    /// <summary>Whether no row has a feature other than zero.</summary>
    internal abstract bool IsAllZero { get; }

    /// <summary>Begins to read the rows in their order.</summary>
    /// <param name="features">Whether features will be asked for, or labels and weights only.</param>
    internal abstract IRowCursor Open(bool features);
}
