// SPDX-License-Identifier: MIT
using Microsoft.ML;
using MLNetExtensions.Mpi;
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Activations;
using MLNetExtensions.Networks.Layers;
using MLNetExtensions.Quantization;
using MLNetExtensions.Trainers.SubspaceSgd;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;

namespace MLNetExtensions.Surface.Tests.Snippets;

/// <summary>The code of trainers that README.md and docs/ show. It is compiled, and TrainerSnippetTests runs it.</summary>
internal static class SubspaceTrainers
{
    public static SubspaceSgdBinaryTransformer TrainOverEightWorkers(MLContext ml, IDataView rows)
    {
        var pipeline = ml.Transforms.NormalizeMeanVariance("Features")
            .Append(ml.BinaryClassification.Trainers.SubspaceSgd(new SubspaceSgdOptions { Workers = 8, BatchSize = 256 }));
        var fitted = pipeline.Fit(rows);
        SubspaceSgdBinaryTransformer model = fitted.LastTransformer;
        Console.WriteLine($"{model.Summary.Steps} steps, {model.Summary.Stop}, loss {model.Summary.Loss:F4}, bias {model.Bias:F3}");
        model.WithThreshold(0.5f).ExportOnnx("model.onnx");
        return model;
    }

    public static SubspaceSgdMulticlassTransformer TrainANetwork(MLContext ml, IDataView train, IDataView validation)
    {
        var options = new SubspaceSgdOptions
        {
            LabelColumnName = "Class",
            Network = NetworkSpec.Mlp(256, 128),
            Aggregator = new AdaptiveConsensus(),
            EarlyStopping = new EarlyStopping { Patience = 3 },
        };
        var model = ml.MulticlassClassification.Trainers.SubspaceSgd(options).Fit(train, validation);
        return model;
    }

    public static SubspaceSgdRegressionTransformer TrainLayersOfMyOwn(MLContext ml, IDataView rows)
    {
        var network = NetworkSpec.Of((inputs, outputs) => new Sequential(new Dense(inputs, 32), new Activation(32, new Tanh()), new Dense(32, outputs)));
        var trainer = ml.Regression.Trainers.SubspaceSgd(labelColumnName: "Number", network: network);
        return trainer.Fit(rows);
    }

    public static SubspaceSgdBinaryTransformer TrainOnRanks(MLContext ml, IDataView shard)
    {
        // mpirun -n 4 dotnet train.dll: each rank fits its own shard, and all get the model that four workers in one process get
        var trainer = ml.BinaryClassification.Trainers.SubspaceSgd(new SubspaceSgdOptions { Collective = MpiCollective.World });
        return trainer.Fit(shard);
    }

    public static IDataView QuantizeATrainedNetwork(MLContext ml, SubspaceSgdMulticlassTransformer model, IDataView rows)
    {
        model.ExportOnnx("network.onnx");
        OnnxQuantizer.Quantize("network.onnx", "network.int4.onnx");
        var scored = ml.Transforms.CopyColumns("features", "Features")
            .Append(ml.Transforms.ApplyOnnxModelBatched(outputColumnName: "score", inputColumnName: "features", modelFile: "network.int4.onnx"))
            .Fit(rows).Transform(rows);
        return scored;
    }

    public static IGradientAggregator AnAggregatorOfMyOwn() => new TrustedWorkers();

    // Leaves out the worker whose gradient agrees least with the mean of all.
    private sealed class TrustedWorkers : IGradientAggregator
    {
        public void Combine(GramMatrix gram, Span<double> state, Span<double> coefficients)
        {
            int odd = Enumerable.Range(0, gram.Workers).MinBy(i => gram.MeanProduct(i) / Math.Max(gram.Norm(i), 1e-30));
            coefficients.Fill(1.0 / Math.Max(1, gram.Workers - 1));
            coefficients[odd] = gram.Workers == 1 ? 1 : 0;
        }
    }
}
