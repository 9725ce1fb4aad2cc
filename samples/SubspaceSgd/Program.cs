// SPDX-License-Identifier: MIT
// A network trained by eight workers in this process: once with the mean of their gradients, once with their adaptive consensus.
using System.Globalization;
using Microsoft.ML;
using MLNetExtensions.Networks;
using MLNetExtensions.Samples.SubspaceSgd;
using MLNetExtensions.Trainers.SubspaceSgd;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string folder = Directory.CreateTempSubdirectory("mlnetx-sample-").FullName;
var ml = new MLContext(seed: 1);
var train = ml.Data.LoadFromEnumerable(SpiralPoint.Draw(12_000, seed: 1));
var test = ml.Data.LoadFromEnumerable(SpiralPoint.Draw(4_000, seed: 2));
ITransformer? fitted = null;
try
{
    foreach (IGradientAggregator aggregator in new IGradientAggregator[] { new Mean(), new AdaptiveConsensus() })
    {
        Console.WriteLine($"{aggregator.GetType().Name}, 8 workers, batches of 256:");
        var options = new SubspaceSgdOptions
        {
            LabelColumnName = "Key",
            Network = NetworkSpec.Mlp(32, 32),
            Workers = 8,
            BatchSize = 256,
            Epochs = 20,
            Aggregator = aggregator,
            Progress = new EpochPrinter(every: 5),
        };
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Key", nameof(SpiralPoint.Arm))
            .Append(ml.MulticlassClassification.Trainers.SubspaceSgd(options));
        var model = pipeline.Fit(train);
        var summary = model.LastTransformer.Summary;
        var metrics = ml.MulticlassClassification.Evaluate(model.Transform(test), "Key");
        Console.WriteLine($"    {summary.Steps} steps, {summary.Stop}: accuracy {metrics.MicroAccuracy:P2}, log-loss {metrics.LogLoss:F4} on 4,000 other points");
        model.LastTransformer.ExportOnnx(Path.Combine(folder, "spiral.onnx"));
        fitted = model;
    }

    // Saved, it is transformers of ML.NET's own: any ML.NET application loads it.
    string file = Path.Combine(folder, "spiral.zip");
    ml.Model.Save(fitted, train.Schema, file);
    var elsewhere = new MLContext();
    var loaded = elsewhere.Model.Load(file, out _);
    var named = loaded.Append(elsewhere.Transforms.Conversion.MapKeyToValue("Name", "PredictedLabel").Fit(loaded.Transform(train)));
    var engine = elsewhere.Model.CreatePredictionEngine<SpiralPoint, SpiralPrediction>(named);
    foreach (var point in SpiralPoint.Draw(3, seed: 3))
    {
        var prediction = engine.Predict(point);
        Console.WriteLine($"({point.Features[0],5:F2}, {point.Features[1],5:F2}) is {point.Arm}; the loaded model says {prediction.Name} with probability {prediction.Score.Max():F3}");
    }
    Console.WriteLine($"spiral.zip has {new FileInfo(file).Length:N0} bytes, spiral.onnx {new FileInfo(Path.Combine(folder, "spiral.onnx")).Length:N0}");
}
finally
{
    Directory.Delete(folder, recursive: true);
}
