// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Conformance.Tests.Evaluation;

public sealed class RegressionTests
{
    private const double Tolerance = 1e-6;
    private static readonly MLContext Context = new(1);

    [Fact]
    public void All_metrics_are_as_recorded()
    {
        RegressionMetrics metrics = Context.Regression.Evaluate(View((1, 1.1f), (2, 1.7f), (3, 3.3f), (4, 4f), (-1, 0.5f)));
        Assert.Equal(0.43999998569488524, metrics.MeanAbsoluteError, Tolerance);
        Assert.Equal(0.48799998950958356, metrics.MeanSquaredError, Tolerance);
        Assert.Equal(0.6985699603544254, metrics.RootMeanSquaredError, Tolerance);
        Assert.Equal(0.4879999903962016, metrics.LossFunction, Tolerance);
        Assert.Equal(0.8351351386791948, metrics.RSquared, Tolerance);
    }

    [Fact]
    public void Rows_whose_label_or_score_is_missing_do_not_count()
    {
        RegressionMetrics metrics = Context.Regression.Evaluate(View((1, 1.1f), (2, float.NaN), (float.NaN, 3), (4, 4.5f)));
        Assert.Equal(0.3, metrics.MeanAbsoluteError, Tolerance);
        Assert.Equal(0.9422222211625839, metrics.RSquared, Tolerance);
    }

    [Fact]
    public void Infinite_scores_count()
        => Assert.Equal(double.NegativeInfinity, Context.Regression.Evaluate(View((1, float.PositiveInfinity), (2, 1))).RSquared);

    [Fact]
    public void Labels_that_do_not_vary_have_no_explained_share_and_no_rows_have_zeros()
    {
        Assert.Equal(double.NaN, Context.Regression.Evaluate(View((1, 2), (1, 1.5f))).RSquared);
        RegressionMetrics none = Context.Regression.Evaluate(View());
        Assert.Equal((0, 0, 0), (none.MeanAbsoluteError, none.LossFunction, none.RSquared));
    }

    [Theory]
    [InlineData("x", "Score", "x column 'Label' not found (Parameter 'schema')")]
    [InlineData("Label", "x", "x column 'Score' not found (Parameter 'schema')")]
    [InlineData("Double", "Score", "Schema mismatch for label column 'Double': expected Single, got Double (Parameter 'schema')")]
    [InlineData("Label", "Double", "Schema mismatch for score column 'Double': expected Single, got Double (Parameter 'schema')")]
    public void Absent_and_wrong_columns_are_named(string label, string score, string message)
        => Assert.Equal("ArgumentOutOfRangeException: " + message, Describe.Error(() => Context.Regression.Evaluate(View((1, 1)), label, score)));

    private static IDataView View(params (float Label, float Score)[] rows) => Context.Data.LoadFromEnumerable(rows.Select(r => new NumberRow { Label = r.Label, Score = r.Score }));
}
