// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SubspaceSgd;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using MLNetExtensions.Trainers.SubspaceSgd.Collectives;
using MLNetExtensions.Trainers.SubspaceSgd.Training;

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
        var view = new MLContext(1).Data.LoadFromEnumerable(rows, schema);
        SubspaceSgdOptions options = new()
        {
            Workers = 4,
            BatchSize = 100,
            Epochs = 5,
            Aggregator = new AdaptiveConsensus(),
            Collective = ranks,
        };
        try
        {
            var data = TrainingRowsReader.Read(view, new TrainingColumns(nameof(Row.Features), nameof(Row.Label), LabelKind.Boolean, null), 1L << 30, default);
            var result = SubspaceSgdTraining.Run(TrainingTask.BinaryClassification, data, null, 1, options);
            return new RankResult([.. result.Parameters.Select(value => (double)value), result.Summary.Loss, result.Summary.Rows]);
        }
        catch (ArgumentException thrown)
        {
            // What the trainers do: reading is theirs, and so is telling the others.
            ranks?.Abort(thrown.Message);
            throw;
        }
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
