// SPDX-License-Identifier: MIT
using MLNetExtensions.Benchmarks.Data;
using MLNetExtensions.Networks;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SubspaceSgd;

namespace MLNetExtensions.Benchmarks.SubspaceSgd;

/// <summary>A model to be trained on real data, in so many passes over them.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Task">What its labels mean.</param>
/// <param name="Training">The rows to train on.</param>
/// <param name="Test">The rows that curves are measured on.</param>
/// <param name="Outputs">Scores of a row.</param>
/// <param name="Network">The model; null for a linear one.</param>
/// <param name="Epochs">Passes; a multiple of 4, since tables show the loss when a quarter and a half are done.</param>
/// <param name="Loss">What its loss is called.</param>
internal sealed record RealProblem(
    string Name, TrainingTask Task, TrainingRows Training, TrainingRows Test, int Outputs, NetworkSpec? Network, int Epochs, string Loss)
{
    /// <summary>The problems by the names that the command line takes.</summary>
    public static IReadOnlyDictionary<string, Func<RealProblem>> All { get; } = new Dictionary<string, Func<RealProblem>>
    {
        ["a9a"] = () => new(
            "a9a, linear", TrainingTask.BinaryClassification, LibSvmFile.Read("tabular/a9a/a9a", LibSvmFile.A9aFeatures),
            LibSvmFile.Read("tabular/a9a/a9a.t", LibSvmFile.A9aFeatures), 1, null, 12, "log-loss (nats)"),
        ["mnist"] = () => new(
            "MNIST, MLP 784-64-10", TrainingTask.MulticlassClassification, MnistImages.ReadTraining().ToRows(),
            MnistImages.ReadTest().ToRows(), MnistImages.Classes, NetworkSpec.Mlp(64), 8, "cross-entropy (nats)"),
        ["taxi"] = Taxi,
    };

    private static RealProblem Taxi()
    {
        var fares = TaxiFares.Read();
        return new("taxi fare, linear", TrainingTask.Regression, fares.Training, fares.Test, 1, null, 12, "half squared error / variance");
    }
}
