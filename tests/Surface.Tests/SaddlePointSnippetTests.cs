// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Surface.Tests.Snippets;
using MLNetExtensions.TestUtilities;
using MLNetExtensions.Trainers.SaddlePoint;

namespace MLNetExtensions.Surface.Tests;

/// <summary>Runs the code of saddle points and constraints that README.md and docs/ show.</summary>
public sealed class SaddlePointSnippetTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _rows = People(1, 1200);

    [Fact]
    public void Nearly_all_positives_are_found_and_the_evaluator_agrees()
    {
        var model = SaddlePoints.FindNearlyAllPositives(_ml, _rows);

        var metrics = _ml.BinaryClassification.Evaluate(model.Transform(_rows));
        Assert.InRange(metrics.PositiveRecall, 0.95, 0.96);
        Assert.Equal(metrics.PositiveRecall, model.Summary.Constraints[0].Achieved, 1e-9);
        Assert.True(model.Summary.Constraints[0].Surrogates[0].Multiplier > 0);
    }

    [Fact]
    public void Groups_get_the_same_chance()
    {
        var unfair = _ml.BinaryClassification.Trainers.ConstrainedLogisticRegression().Fit(_rows);

        var model = SaddlePoints.GiveGroupsTheSameChance(_ml, _rows);

        Assert.True(DifferenceOfRecalls(unfair.Transform(_rows)) > 0.1, "The data are such that there is something to mend.");
        Assert.InRange(DifferenceOfRecalls(model.Transform(_rows)), 0, 0.02);
    }

    [Fact]
    public void Several_constraints_are_reported_one_by_one()
    {
        var earlier = SaddlePoints.FindNearlyAllPositives(_ml, _rows);

        var model = SaddlePoints.AskForSeveralThings(_ml, _rows, People(2, 300), earlier.Model);

        Assert.Equal(3, model.Summary.Constraints.Count);
        Assert.All(model.Summary.Constraints, outcome => Assert.True(outcome.HeldOut is > 0 and <= 1));
    }

    [Fact]
    public void Ranking_is_learned() =>
        Assert.True(_ml.BinaryClassification.Evaluate(SaddlePoints.RankDirectly(_ml, _rows).Transform(_rows)).AreaUnderRocCurve > 0.8);

    [Fact]
    public void A_game_is_solved()
    {
        var result = SaddlePoints.SolveAGame();

        // A y + b = 0 and A'x = 0.
        Assert.Equal(SaddleStatus.Converged, result.Status);
        Assert.Equal([0, 0], result.Primal.Select(value => Math.Round(value, 6) + 0.0));
        Assert.Equal([-1, 1], result.Dual.Select(value => Math.Round(value, 6)));
    }

    private static double DifferenceOfRecalls(IDataView scored)
    {
        bool[] labels = [.. scored.GetColumn<bool>("Label")], found = [.. scored.GetColumn<bool>("PredictedLabel")];
        string[] groups = [.. scored.GetColumn<string>("Sex")];
        double[] recalls = [.. groups.Distinct().Select(group => Enumerable.Range(0, labels.Length).Where(row => labels[row] && groups[row] == group).Average(row => found[row] ? 1.0 : 0))];
        return recalls.Max() - recalls.Min();
    }

    // Three features; the third goes with the group, and with the label.
    private static MemoryDataView People(int seed, int count)
    {
        var random = new Random(seed);
        float[][] features = new float[count][];
        bool[] labels = new bool[count], groups = new bool[count];
        for (int row = 0; row < count; row++)
        {
            groups[row] = random.Next(2) == 0;
            features[row] = [Normal(random), Normal(random), Normal(random) + (groups[row] ? 0.7f : -0.7f)];
            labels[row] = features[row][0] + (0.5f * features[row][1]) + (0.8f * features[row][2]) + (1.2f * Normal(random)) > 0.4f;
        }
        return new MemoryDataView(count)
            .With("Features", new VectorDataViewType(NumberDataViewType.Single, 3), (int row, ref VBuffer<float> value) => new VBuffer<float>(3, features[row]).CopyTo(ref value))
            .With("Label", BooleanDataViewType.Instance, row => labels[row])
            .With("Sex", TextDataViewType.Instance, row => (groups[row] ? "Male" : "Female").AsMemory());
    }

    private static float Normal(Random random) => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
