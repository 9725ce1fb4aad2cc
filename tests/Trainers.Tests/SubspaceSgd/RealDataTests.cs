// SPDX-License-Identifier: MIT
using MathNet.Numerics.LinearAlgebra;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Networks;
using MLNetExtensions.TestUtilities;
using MLNetExtensions.Trainers.SubspaceSgd;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd;

/// <summary>Data sets whose good figures are known: a trainer that went wrong shows here first.</summary>
public sealed class RealDataTests
{
    private readonly MLContext _ml = new(seed: 1);

    // ML.NET's own trainers reach 0.467 to 0.470 bits and 0.902 (../shared/mlnet/README.md).
    [RealDataFact]
    public void Defaults_reach_what_logistic_regressions_reach_on_a9a()
    {
        var fitted = _ml.BinaryClassification.Trainers.SubspaceSgd().Fit(A9a.Load("a9a"));

        var metrics = _ml.BinaryClassification.Evaluate(fitted.Transform(A9a.Load("a9a.t")));

        Assert.True(metrics.LogLoss <= 0.4690 && metrics.AreaUnderRocCurve >= 0.9015, $"{metrics.LogLoss} bits, {metrics.AreaUnderRocCurve}");
    }

    // 569 rows: defaults must make enough steps of few rows, too. Logistic regressions reach 0.97 to 0.98 by cross-validation.
    [RealDataFact]
    public void Defaults_learn_from_few_rows()
    {
        var rows = _ml.Data.LoadFromTextFile(
            RealData.PathOf(Path.Combine("tabular", "uci-small", "wdbc.data")),
            [new TextLoader.Column("Diagnosis", DataKind.String, 1), new TextLoader.Column("Features", DataKind.Single, 2, 31)], separatorChar: ',');
        var pipeline = _ml.Transforms.Conversion.MapValue("Label", [new KeyValuePair<string, bool>("M", true), new("B", false)], "Diagnosis")
            .Append(_ml.Transforms.NormalizeMeanVariance("Features", fixZero: false))
            .Append(_ml.BinaryClassification.Trainers.SubspaceSgd());

        var folds = _ml.BinaryClassification.CrossValidate(rows, pipeline, numberOfFolds: 5);

        Assert.True(folds.Average(fold => fold.Metrics.Accuracy) >= 0.96, $"{folds.Average(fold => fold.Metrics.Accuracy)}");
    }

    [RealDataTheory]
    [InlineData(false, 0.92)]
    [InlineData(true, 0.95)]
    public void Digits_are_told_apart(bool deep, double accuracy)
    {
        var pipeline = _ml.Transforms.NormalizeMinMax("Features")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Label"))
            .Append(_ml.MulticlassClassification.Trainers.SubspaceSgd(deep ? new SubspaceSgdOptions { Network = NetworkSpec.Mlp(64), BatchSize = 128, LearningRate = 0.01f } : new()));

        var metrics = _ml.MulticlassClassification.Evaluate(pipeline.Fit(Digits("optdigits-train.csv")).Transform(Digits("optdigits-test.csv")));

        Assert.True(metrics.MicroAccuracy >= accuracy, $"{metrics.MicroAccuracy}");
    }

    [RealDataFact]
    public void Taxi_fares_are_fitted_nearly_as_by_least_squares()
    {
        var features = _ml.Transforms.Categorical.OneHotEncoding([new("Vendor"), new("Rate"), new("Payment")])
            .Append(_ml.Transforms.Concatenate("Numbers", "Passengers", "Seconds", "Distance"))
            .Append(_ml.Transforms.NormalizeMeanVariance("Numbers", fixZero: false))
            .Append(_ml.Transforms.Concatenate("Features", "Vendor", "Rate", "Payment", "Numbers"));
        var train = Fares("taxi-fare-train.csv");
        var rows = features.Fit(train).Transform(train);

        var fitted = _ml.Regression.Trainers.SubspaceSgd(new SubspaceSgdOptions { BatchSize = 1024, LearningRate = 0.1f }).Fit(rows);

        var metrics = _ml.Regression.Evaluate(fitted.Transform(rows));
        double[] fares = [.. rows.Column<float>("Label").Select(fare => (double)fare)];
        double least = LeastSquaresError(rows.Column<float[]>("Features"), fares);
        Assert.True(metrics.MeanSquaredError <= 1.05 * least, $"the mean squared error is {metrics.MeanSquaredError}, that of least squares {least}");
    }

    // One of each group of indicators and the constant depend on each other: the ridge is far below the data's scale.
    private static double LeastSquaresError(float[][] features, double[] targets)
    {
        int n = features[0].Length + 1;
        var products = Matrix<double>.Build.DenseIdentity(n) * 1e-6;
        var right = Vector<double>.Build.Dense(n);
        foreach (var (x, y) in features.Select(row => Vector<double>.Build.DenseOfEnumerable(row.Select(value => (double)value).Append(1))).Zip(targets))
        {
            products += x.OuterProduct(x);
            right += y * x;
        }
        var weights = products.Cholesky().Solve(right);
        return features.Zip(targets, (row, y) => Math.Pow(row.Select((value, i) => value * weights[i]).Sum() + weights[n - 1] - y, 2)).Average();
    }

    private IDataView Digits(string file) => _ml.Data.LoadFromTextFile(
        RealData.PathOf(Path.Combine("tabular", "mlnet-samples", file)),
        [new TextLoader.Column("Features", DataKind.Single, 0, 63), new TextLoader.Column("Label", DataKind.Single, 64)], separatorChar: ',');

    private IDataView Fares(string file) => _ml.Data.LoadFromTextFile(
        RealData.PathOf(Path.Combine("tabular", "mlnet-samples", file)),
        [
            new TextLoader.Column("Vendor", DataKind.String, 0), new TextLoader.Column("Rate", DataKind.String, 1), new TextLoader.Column("Passengers", DataKind.Single, 2),
            new TextLoader.Column("Seconds", DataKind.Single, 3), new TextLoader.Column("Distance", DataKind.Single, 4), new TextLoader.Column("Payment", DataKind.String, 5),
            new TextLoader.Column("Label", DataKind.Single, 6),
        ],
        separatorChar: ',', hasHeader: true);
}
