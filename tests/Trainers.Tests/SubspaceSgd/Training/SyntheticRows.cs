// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SubspaceSgd;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd.Training;

/// <summary>Rows whose labels follow a linear rule, with noise.</summary>
internal sealed class SyntheticRows
{
    public SyntheticRows(TrainingTask task, int count, int features, int classes = 3, double density = 1, bool weighted = false, ulong seed = 1)
    {
        RandomStream random = new(seed);
        Task = task;
        Outputs = task == TrainingTask.MulticlassClassification ? classes : 1;
        Features = new float[count, features];
        Labels = new float[count];
        Weights = weighted ? new float[count] : [];
        double[,] rule = new double[features, Outputs];
        for (int i = 0; i < rule.Length; i++)
        {
            rule[i / Outputs, i % Outputs] = 2 * random.NextNormal() / Math.Sqrt(features * density);
        }
        for (int row = 0; row < count; row++)
        {
            double[] scores = new double[Outputs];
            for (int j = 0; j < features; j++)
            {
                Features[row, j] = random.NextDouble() < density ? (float)random.NextNormal() : 0;
                for (int k = 0; k < Outputs; k++)
                {
                    scores[k] += Features[row, j] * rule[j, k];
                }
            }
            for (int k = 0; k < Outputs; k++)
            {
                scores[k] += random.NextNormal();
            }
            Labels[row] = task switch
            {
                TrainingTask.Regression => (float)scores[0] + 1,
                TrainingTask.BinaryClassification => scores[0] > 0.5 ? 1 : 0,
                _ => Array.IndexOf(scores, scores.Max()),
            };
            if (weighted)
            {
                Weights[row] = row % 5 == 0 ? 0 : 0.2f + (2 * random.NextSingle());
            }
        }
    }

    public TrainingTask Task { get; }

    public int Outputs { get; }

    public int Count => Labels.Length;

    public float[,] Features { get; }

    public float[] Labels { get; }

    public float[] Weights { get; }

    public TrainingRows Rows() => Rows(_ => true);

    /// <summary>Those of some row numbers, in order.</summary>
    public TrainingRows Rows(Func<int, bool> chosen)
    {
        TrainingRowsBuilder builder = new(Features.GetLength(1));
        float[] row = new float[Features.GetLength(1)];
        for (int i = 0; i < Count; i++)
        {
            if (chosen(i))
            {
                Buffer.BlockCopy(Features, i * row.Length * sizeof(float), row, 0, row.Length * sizeof(float));
                builder.AddDense(row, Labels[i], Weights.Length == 0 ? 1 : Weights[i]);
            }
        }
        return builder.Finish();
    }

    public double Weight(int row) => Weights.Length == 0 ? 1 : Weights[row];
}
