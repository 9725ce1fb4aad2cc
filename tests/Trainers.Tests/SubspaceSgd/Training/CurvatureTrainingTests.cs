// SPDX-License-Identifier: MIT
using MathNet.Numerics.LinearAlgebra;
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Losses;
using MLNetExtensions.Networks.Optimizers;
using MLNetExtensions.Networks.Schedules;
using MLNetExtensions.Trainers.SubspaceSgd;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using MLNetExtensions.Trainers.SubspaceSgd.Collectives;
using MLNetExtensions.Trainers.SubspaceSgd.Training;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd.Training;

public sealed class CurvatureTrainingTests
{
    private static readonly SubspaceSgdOptions Newton = new()
    {
        Aggregator = new SubspaceNewton { Damping = 0 },
        Optimizer = new Sgd(),
        LearningRate = 1,
        Schedule = new Constant(),
        L2Regularization = 0.05f,
        Epochs = 1,
    };

    [Theory]
    [InlineData(TrainingTask.Regression, 1.0, false)]
    [InlineData(TrainingTask.BinaryClassification, 1.0, true)]
    [InlineData(TrainingTask.BinaryClassification, 0.15, true)]
    [InlineData(TrainingTask.MulticlassClassification, 1.0, true)]
    public void The_curvature_terms_are_the_second_derivative_of_the_penalised_loss(TrainingTask task, double density, bool weighted)
    {
        // A recorder sees what every aggregator would; its coefficients make a step, so that the second epoch is not at zero.
        SyntheticRows rows = new(task, 60, 8, density: density, weighted: weighted);
        Recorder recorder = new();
        TrainingOracleTests.Train(rows, Newton with { Aggregator = recorder, Workers = 3, BatchSize = 60, Epochs = 2, StandardizeLabels = false });
        var (gram, curvature) = recorder.Seen[1];
        float[] at = TrainingOracleTests.Train(rows, Newton with { Aggregator = new Recorder(), Workers = 3, BatchSize = 60, StandardizeLabels = false }).Parameters;
        var gradients = Enumerable.Range(0, 3).Select(worker => Gradient(rows, at, row => row % 3 == worker)).ToArray();
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                Assert.Equal(gradients[i] * gradients[j], gram[i, j], 1e-4 * Math.Sqrt(gram[i, i] * gram[j, j]));
                // Along g_j the whole gradient changes by H g_j.
                const double Step = 1e-4;
                var up = Gradient(rows, [.. at.Select((value, k) => value + (Step * gradients[j][k]))], _ => true);
                var down = Gradient(rows, [.. at.Select((value, k) => value - (Step * gradients[j][k]))], _ => true);
                Assert.Equal(gradients[i] * (up - down) / (2 * Step), curvature[i, j], 1e-3 * Math.Sqrt(curvature[i, i] * curvature[j, j]));
            }
        }
    }

    [Fact]
    public void With_as_many_workers_as_parameters_one_step_solves_least_squares()
    {
        SyntheticRows rows = new(TrainingTask.Regression, 90, 3);
        var result = TrainingOracleTests.Train(rows, Newton with { Workers = 4, BatchSize = 90 });
        TrainingOracleTests.AssertClose([.. LinearOptimum.Of(rows, 0.05).Select(value => (float)value)], result.Parameters, 1e-3);
    }

    [Fact]
    public void Ranks_see_the_curvature_of_all()
    {
        SyntheticRows rows = new(TrainingTask.BinaryClassification, 120, 6);
        var options = Newton with { Workers = 4, BatchSize = 40, Epochs = 3 };
        float[] alone = TrainingOracleTests.Train(rows, options).Parameters;
        var members = InProcessCollective.Create(2);
        Task<float[]>[] ranks = [.. members.Select(rank => Task.Run(() => SubspaceSgdTraining.Run(rows.Task, rows.Rows(row => row % 2 == rank.Rank), null, 1, options with { Collective = rank, Threads = 1 }).Parameters))];
        float[][] together = [.. ranks.Select(rank => rank.GetAwaiter().GetResult())];
        Assert.Equal(together[0], together[1]);
        TrainingOracleTests.AssertClose(alone, together[0], 1e-3);
        var error = Assert.Throws<ArgumentException>(() => SubspaceSgdTraining.Run(rows.Task, rows.Rows(), null, 1, options with { Collective = new Alone(), MaxCurvatureExchangeBytes = 100 }));
        Assert.Contains("would send 112 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Curvature_that_cannot_be_had_is_refused()
    {
        SyntheticRows rows = new(TrainingTask.BinaryClassification, 50, 3);
        Assert.Contains("linear models only", Assert.Throws<ArgumentException>(() => TrainingOracleTests.Train(rows, Newton with { Network = NetworkSpec.Mlp(3) })).Message, StringComparison.Ordinal);
        Assert.Contains("Hinge", Assert.Throws<ArgumentException>(() => TrainingOracleTests.Train(rows, Newton with { Loss = new Hinge() })).Message, StringComparison.Ordinal);
    }

    // A worker's gradient in double precision, on the whole batch: three times the sum over its rows, over all rows, and the penalty.
    private static Vector<double> Gradient(SyntheticRows rows, IReadOnlyList<float> parameters, Func<int, bool> own) => Gradient(rows, [.. parameters.Select(value => (double)value)], own);

    private static Vector<double> Gradient(SyntheticRows rows, double[] parameters, Func<int, bool> own)
    {
        int outputs = rows.Outputs, features = rows.Features.GetLength(1), chosen = Enumerable.Range(0, rows.Count).Count(own);
        double[] gradient = new double[parameters.Length];
        double total = Enumerable.Range(0, rows.Count).Sum(rows.Weight), share = chosen == rows.Count ? 1 : 3;
        foreach (int row in Enumerable.Range(0, rows.Count).Where(own))
        {
            double[] scores = [.. Enumerable.Range(0, outputs).Select(k => parameters[(features * outputs) + k] + Enumerable.Range(0, features).Sum(j => rows.Features[row, j] * parameters[(j * outputs) + k]))];
            double normalizer = scores.Sum(Math.Exp);
            for (int k = 0; k < outputs; k++)
            {
                double slope = rows.Task switch
                {
                    TrainingTask.Regression => scores[0] - rows.Labels[row],
                    TrainingTask.BinaryClassification => (1 / (1 + Math.Exp(-scores[0]))) - rows.Labels[row],
                    _ => (Math.Exp(scores[k]) / normalizer) - (rows.Labels[row] == k ? 1 : 0),
                };
                slope *= share * rows.Weight(row) / total;
                for (int j = 0; j < features; j++)
                {
                    gradient[(j * outputs) + k] += slope * rows.Features[row, j];
                }
                gradient[(features * outputs) + k] += slope;
            }
        }
        for (int i = 0; i < features * outputs; i++)
        {
            gradient[i] += 0.05 * parameters[i];
        }
        return Vector<double>.Build.DenseOfArray(gradient);
    }

    private sealed class Recorder : IGradientAggregator
    {
        public List<(double[,] Gram, double[,] Curvature)> Seen { get; } = [];

        public bool NeedsCurvature => true;

        public void Combine(GramMatrix gram, Span<double> state, Span<double> coefficients)
        {
            Seen.Add((Copy(gram), Copy(gram.Curvature!)));
            coefficients.Fill(1.0 / gram.Workers);
        }

        private static double[,] Copy(GramMatrix matrix)
        {
            double[,] copy = new double[matrix.Workers, matrix.Workers];
            for (int i = 0; i < copy.Length; i++)
            {
                copy[i / matrix.Workers, i % matrix.Workers] = matrix[i / matrix.Workers, i % matrix.Workers];
            }
            return copy;
        }
    }

    // A rank of two, whose other one says what this one says.
    private sealed class Alone : ICollective
    {
        public int Rank => 0;

        public int Size => 2;

        public void Abort(string reason)
        {
        }

        public void AllGather(ReadOnlySpan<float> send, Span<float> receive) => throw new NotSupportedException();

        public void AllGather(ReadOnlySpan<double> send, Span<double> receive)
        {
            send.CopyTo(receive);
            send.CopyTo(receive[send.Length..]);
        }

        public void AllReduceSum(Span<float> values) => throw new NotSupportedException();

        public void AllReduceSum(Span<double> values) => throw new NotSupportedException();

        public void AllToAll(ReadOnlySpan<float> send, Span<float> receive) => throw new NotSupportedException();

        public void Barrier() => throw new NotSupportedException();
    }
}
