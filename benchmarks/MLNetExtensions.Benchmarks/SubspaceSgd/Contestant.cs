// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks.Optimizers;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SubspaceSgd;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using MLNetExtensions.Trainers.SubspaceSgd.Training;

namespace MLNetExtensions.Benchmarks.SubspaceSgd;

/// <summary>One way to train: an aggregator before an optimiser, its learning rate found on rows that are held out.</summary>
internal sealed record Contestant(RealProblem Problem, int Workers, IOptimizer Optimizer, IGradientAggregator Aggregator)
{
    private const int GlobalBatch = 4096;
    private const double HeldOut = 0.1;
    private const int TuningSeed = 100;

    /// <summary>What a rank would send in a step, computed, not measured, were each worker a rank: blocks of gradients to all and blocks of the update to all, or whole gradients and terms of curvature; and inner products.</summary>
    public double BytesOfAStep
    {
        get
        {
            double parameters = Problem.Network?.Build(Problem.Training.Features, Problem.Outputs).ParameterCount ?? (Problem.Training.Features + 1) * Problem.Outputs;
            double others = Workers - 1, products = 2 * sizeof(double) * others * Workers;
            return Aggregator.NeedsCurvature
                ? (sizeof(float) * parameters * others) + (2 * products)
                : (2 * sizeof(float) * parameters * others / Workers) + products;
        }
    }

    /// <summary>The first learning rates of a search; those of Adam mean the length of a step and are smaller.</summary>
    private float[] Coarse => Optimizer is Adam ? [0.0003f, 0.003f, 0.03f, 0.3f] : [0.003f, 0.03f, 0.3f, 3];

    /// <summary>Finds the learning rate by eight trainings, the same number for everyone: four tenfold apart, then two half as far around the best, and two half as far again.</summary>
    public float Tune()
    {
        Dictionary<float, double> losses = [];
        void Try(float rate) => losses[rate] = Train(rate, TuningSeed, null).SecondHalfLoss;
        float Best() => losses.MinBy(pair => pair.Value).Key;
        Array.ForEach(Coarse, Try);
        foreach (float factor in new[] { MathF.Sqrt(10), MathF.Pow(10, 0.25f) })
        {
            float middle = Best();
            Try(middle / factor);
            Try(middle * factor);
        }
        return Best();
    }

    /// <summary>Trains on all training rows, and measures on the test rows at the end of each epoch.</summary>
    public LossCurve Train(float rate, int seed) => Train(rate, seed, Problem.Test);

    /// <summary>Trains without measuring losses.</summary>
    /// <returns>Seconds of a step, from the end of the first epoch on.</returns>
    public double Time(float rate)
    {
        StepClock clock = new();
        Run(Options(rate, 1, clock) with { Epochs = Problem.Epochs / 2 }, null);
        return clock.SecondsOfAStep;
    }

    private LossCurve Train(float rate, int seed, TrainingRows? test)
    {
        LossCurve curve = new(Problem.Epochs);
        curve.End(Run(Options(rate, seed, curve) with { ValidationFraction = test is null ? HeldOut : 0 }, test).Summary);
        return curve;
    }

    private TrainingResult Run(SubspaceSgdOptions options, TrainingRows? test) =>
        SubspaceSgdTraining.Run(Problem.Task, Problem.Training, test, Problem.Outputs, options);

    // Without a penalty: what is compared is how the loss itself becomes small.
    private SubspaceSgdOptions Options(float rate, int seed, IProgress<TrainingProgress> progress) => new()
    {
        Workers = Workers,
        BatchSize = GlobalBatch,
        Epochs = Problem.Epochs,
        Aggregator = Aggregator,
        Optimizer = Optimizer,
        LearningRate = rate,
        L2Regularization = 0,
        Network = Problem.Network,
        RestoreBest = false,
        Seed = seed,
        Progress = progress,
    };
}
