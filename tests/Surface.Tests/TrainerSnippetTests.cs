// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Surface.Tests.Snippets;
using MLNetExtensions.TestUtilities;
using MLNetExtensions.Trainers.SubspaceSgd;

namespace MLNetExtensions.Surface.Tests;

/// <summary>Runs the code of trainers that README.md and docs/ show.</summary>
[Collection(nameof(Environment.CurrentDirectory))]
public sealed class TrainerSnippetTests : IDisposable
{
    private readonly string _before = Environment.CurrentDirectory;
    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _rows = ContractData.Create(rows: 300);

    public TrainerSnippetTests() => Environment.CurrentDirectory = _folder.Path;

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        _folder.Dispose();
    }

    [Fact]
    public void Eight_workers_train_a_model_that_can_be_exported()
    {
        var model = SubspaceTrainers.TrainOverEightWorkers(_ml, _rows);

        Assert.Equal(8, model.Summary.Workers);
        Assert.True(File.Exists("model.onnx"));
    }

    [Fact]
    public void A_network_tells_classes_apart()
    {
        var scored = SubspaceTrainers.TrainANetwork(_ml, _rows, ContractData.Create(seed: 4)).Transform(_rows);

        Assert.True(_ml.MulticlassClassification.Evaluate(scored, "Class").MicroAccuracy > 0.9);
    }

    [Fact]
    public void A_trained_network_keeps_its_answers_in_four_bits()
    {
        var model = SubspaceTrainers.TrainANetwork(_ml, _rows, ContractData.Create(seed: 4));

        float[][] scores = [.. SubspaceTrainers.QuantizeATrainedNetwork(_ml, model, _rows).GetColumn<float[]>("score")];

        uint[] labels = [.. model.Transform(_rows).GetColumn<uint>("PredictedLabel")];
        int same = scores.Zip(labels).Count(row => Array.IndexOf(row.First, row.First.Max()) + 1 == row.Second);
        Assert.True(same >= 0.97 * labels.Length, $"{same} of {labels.Length}");
        Assert.True(new FileInfo("network.int4.onnx").Length < 0.3 * new FileInfo("network.onnx").Length);
    }

    [Fact]
    public void Layers_of_a_users_own_are_trained() =>
        Assert.Null(SubspaceTrainers.TrainLayersOfMyOwn(_ml, _ml.Transforms.CopyColumns("Number", "Weight").Fit(_rows).Transform(_rows)).Weights);

    [Fact]
    public void An_aggregator_of_a_users_own_trains()
    {
        var fitted = _ml.BinaryClassification.Trainers.SubspaceSgd(new SubspaceSgdOptions { Aggregator = SubspaceTrainers.AnAggregatorOfMyOwn() }).Fit(_rows);

        Assert.True(_ml.BinaryClassification.Evaluate(fitted.Transform(_rows)).AreaUnderRocCurve > 0.9);
    }
}
