// SPDX-License-Identifier: MIT
// Classifiers that keep to what they are asked: find nearly all who are ill, and serve two regions alike.
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Samples.ConstrainedClassification;
using MLNetExtensions.Trainers.SaddlePoint;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var ml = new MLContext(seed: 1);
FindTheIll();
Console.WriteLine();
ServeRegionsAlike();

void FindTheIll()
{
    var train = ml.Data.LoadFromEnumerable(Patient.Draw(20_000, seed: 1));
    var others = ml.Data.LoadFromEnumerable(Patient.Draw(20_000, seed: 2));
    using var plain = ml.BinaryClassification.Trainers.ConstrainedLogisticRegression(new ConstrainedLogisticRegressionOptions()).Fit(train);
    using var constrained = ml.BinaryClassification.Trainers.ConstrainedLogisticRegression(new ConstrainedLogisticRegressionOptions { Constraints = [Constraint.MinRecall(0.95)] }).Fit(train, others);

    Console.WriteLine("Patients: find at least 95 % of the ill, with few false alarms");
    Print("logistic regression", plain);
    // The threshold that finds as many of the training rows' ill: what one would do without the constraint.
    float[] ill = [.. plain.Transform(train).GetColumn<float>("Score").Zip(train.GetColumn<bool>("Label")).Where(row => row.Second).Select(row => row.First).Order()];
    Print("  with its threshold moved", plain.WithThreshold(MathF.BitDecrement(ill[(int)(0.05 * ill.Length)])));
    Print("recall >= 0.95", constrained);
    Report(constrained.Summary);

    void Print(string name, ConstrainedLogisticRegressionTransformer model)
    {
        var (here, there) = (Rates.Of(model, train), Rates.Of(model, others));
        Console.WriteLine($"    {name,-26} recall {here.Recall:P1}, false alarms {here.FalsePositiveRate:P1}; on other rows {there.Recall:P1} and {there.FalsePositiveRate:P1}");
    }
}

void ServeRegionsAlike()
{
    Applicant[] known = Applicant.Draw(20_000, seed: 3), unknown = Applicant.Draw(20_000, seed: 4);
    var train = ml.Data.LoadFromEnumerable(known);
    var others = ml.Data.LoadFromEnumerable(unknown);
    using var plain = ml.BinaryClassification.Trainers.ConstrainedLogisticRegression(new ConstrainedLogisticRegressionOptions()).Fit(train);
    using var constrained = ml.BinaryClassification.Trainers.ConstrainedLogisticRegression(new ConstrainedLogisticRegressionOptions
    {
        GroupColumnName = nameof(Applicant.Region),
        Constraints = [Constraint.EqualOpportunity(0.02)],
    }).Fit(train, others);

    Console.WriteLine("Loans: of those who will pay back, as many shall get one in the south as in the north");
    Print("logistic regression", plain);
    Print("equal opportunity 0.02", constrained);
    Report(constrained.Summary);

    // Saved, it is transformers of ML.NET's own: any ML.NET application loads it, and needs no region to score.
    string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".zip");
    try
    {
        ml.Model.Save(constrained, train.Schema, file);
        var loaded = new MLContext().Model.Load(file, out _);
        Console.WriteLine($"    saved and loaded again: accuracy {Rates.Of(loaded, others).Accuracy:P1} on other rows");
    }
    finally
    {
        File.Delete(file);
    }

    void Print(string name, ConstrainedLogisticRegressionTransformer model)
    {
        var (south, north) = (Rates.Of(model, others, row => unknown[row].Region == "south"), Rates.Of(model, others, row => unknown[row].Region == "north"));
        Console.WriteLine($"    {name,-26} on other rows: recall {south.Recall:P1} in the south, {north.Recall:P1} in the north; accuracy {Rates.Of(model, others).Accuracy:P1}");
    }
}

static void Report(ConstrainedSummary summary)
{
    var outcome = summary.Constraints[0];
    Console.WriteLine($"    {summary.Status} after {summary.Passes} passes over the rows; {outcome.Constraint}: {outcome.Achieved:F4} on training rows, {(outcome.IsMet ? "met" : "not met")}; {outcome.HeldOut:F4} on the others");
    foreach (var surrogate in outcome.Surrogates.Where(surrogate => surrogate.Multiplier > 0))
    {
        Console.WriteLine($"    multiplier {surrogate.Multiplier:G3} on the {surrogate.Name}, {surrogate.Value:F4} at level {surrogate.Level:F4}");
    }
}
