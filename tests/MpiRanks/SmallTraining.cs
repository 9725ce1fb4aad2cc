// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.SubspaceSgd;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using MLNetExtensions.Trainers.SubspaceSgd.Collectives;

namespace MLNetExtensions.MpiRanks;

/// <summary>A logistic regression on rows that every rank draws, and of which it keeps its own.</summary>
public static class SmallTraining
{
    private const int Rows = 1000;

    /// <summary>Trains.</summary>
    /// <param name="ranks">Who trains together; null for one process with four workers.</param>
    /// <param name="features">How many features the rows have.</param>
    /// <param name="badRank">A rank with a row that holds no number.</param>
    public static RankResult Run(ICollective? ranks, int features = 6, int badRank = -1)
    {
        int rank = ranks?.Rank ?? 0, size = ranks?.Size ?? 1;
        var rows = Draw(features).Where((_, row) => row % size == rank).ToArray();
        if (rank == badRank)
        {
            rows[17].Features[3] = float.NaN;
        }
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features);
        MLContext context = new(1);
        SubspaceSgdOptions options = new()
        {
            Workers = 4,
            BatchSize = 100,
            Epochs = 5,
            Aggregator = new AdaptiveConsensus(),
            Collective = ranks,
        };
        var model = context.BinaryClassification.Trainers.SubspaceSgd(options).Fit(context.Data.LoadFromEnumerable(rows, schema));
        return new RankResult([.. model.Weights!, model.Bias!.Value, model.Summary.Loss, model.Summary.Rows]);
    }

    private static Row[] Draw(int features)
    {
        RandomStream random = new(3);
        Row[] rows = new Row[Rows];
        for (int i = 0; i < Rows; i++)
        {
            float[] values = [.. Enumerable.Range(0, features).Select(_ => (float)random.NextNormal())];
            rows[i] = new Row { Features = values, Label = values[0] - (0.5f * values[1]) + random.NextNormal() > 0.2 };
        }
        return rows;
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }
}
