// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Running;
using MLNetExtensions.Pipelines;
using MLNetExtensions.TestUtilities;
using MLNetExtensions.Transforms.OnnxScoring;

namespace MLNetExtensions.Transforms.Tests.OnnxScoring;

public sealed class BatchedOnnxTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("batched-onnx-").FullName;
    private readonly MLContext _context = new(1);
    private readonly MemoryDataView _data = ContractData.Create();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_model_with_one_input_and_one_output_takes_any_column_names()
    {
        var view = _context.Transforms.ApplyOnnxModelBatched("Found", "Features", Save(SmallModels.Linear())).Fit(_data).Transform(_data);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 1, 3), view.Schema["Found"].Type);
        float[] features = (float[])Snapshot.Of(_data, ["Features"])[7].Values["Features"], weights = SmallModels.Ramp(12);
        float expected = Enumerable.Range(0, 4).Sum(i => features[i] * weights[i * 3 + 1]);
        Assert.Equal(expected, ((float[])Snapshot.Of(view, ["Found"])[7].Values["Found"])[1], 1e-5f);
    }

    [Fact]
    public void Scores_are_those_of_ApplyOnnxModel()
    {
        string path = Save(SmallModels.Linear(input: "Features", output: "Score"));
        var ours = _context.Transforms.ApplyOnnxModelBatched("Score", "Features", path).Fit(_data).Transform(_data);
        var theirs = _context.Transforms.ApplyOnnxModel("Score", "Features", path).Fit(_data).Transform(_data);
        Assert.Equal(theirs.Schema["Score"].Type, ours.Schema["Score"].Type);
        Assert.Null(Snapshot.Difference(Snapshot.Of(theirs, ["Score", "Text"]), Snapshot.Of(ours, ["Score", "Text"]), 1e-5));
    }

    [Fact]
    public void Rows_are_scored_in_batches_only_where_that_changes_nothing()
    {
        Assert.True(Fit(SmallModels.Linear()).ScoresInBatches);
        Assert.False(Fit(SmallModels.Linear(rows: 1)).ScoresInBatches);
        Assert.False(Fit(SmallModels.MixesRows()).ScoresInBatches);
    }

    [Theory]
    [InlineData(new[] { 1, 2147483647L, 2147483647, 2147483647 })]
    [InlineData(new[] { 1, 4294967291L })]
    public void Shapes_that_no_column_can_have_are_refused_before_and_at_fitting(long[] shape)
    {
        var estimator = _context.Transforms.ApplyOnnxModelBatched(new BatchedOnnxOptions
        {
            Model = SmallModels.PassesOn(shape),
            Inputs = [new OnnxInputColumn("Weight", "features")],
        });

        Assert.Throws<ArgumentException>(() => estimator.Fit(_data));
        Assert.Throws<ArgumentException>(() => estimator.GetOutputSchema(SchemaShapes.Of(_data.Schema)));
    }

    [Fact]
    public void Scores_that_are_not_numbers_pass_unless_they_are_made_an_error()
    {
        var rows = _context.Data.LoadFromEnumerable(new[] { new Row { features = [1, 1, 1, 1] }, new Row { features = [1, -1, 1, 1] } });
        var options = new BatchedOnnxOptions { Model = SmallModels.Logarithm() };
        var passed = Snapshot.Of(_context.Transforms.ApplyOnnxModelBatched(options).Fit(rows).Transform(rows), ["scores"]);
        Assert.True(float.IsNaN(((float[])passed[1].Values["scores"])[1]));
        var strict = _context.Transforms.ApplyOnnxModelBatched(options with { Scoring = new() { NaNScoresAreErrors = true } }).Fit(rows).Transform(rows);
        var failure = Assert.Throws<InvalidOperationException>(() => Snapshot.Of(strict, ["scores"]));
        Assert.Contains("'scores' of row 1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scoring_ends_when_it_is_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var view = _context.Transforms.ApplyOnnxModelBatched(new BatchedOnnxOptions
        {
            Model = SmallModels.Linear(),
            Inputs = [new("Features", "features")],
            Scoring = new() { CancellationToken = cancel.Token },
        }).Fit(_data).Transform(_data);
        cancel.Cancel();
        Assert.Throws<OperationCanceledException>(() => Snapshot.Of(view));
    }

    [Fact]
    public void Unknown_inputs_and_outputs_of_the_model_are_named_with_those_that_it_has()
    {
        var shape = SchemaShapes.Of(_data.Schema);
        var input = Estimator([new("Features", "wrong")], [OnnxOutputColumn.Tensor("Score", "scores")]);
        Assert.Contains("no input 'wrong'", Assert.Throws<ArgumentException>(() => input.GetOutputSchema(shape)).Message, StringComparison.Ordinal);
        Assert.Contains("'features' Float[?, 4]", Assert.Throws<ArgumentException>(() => input.Fit(_data)).Message, StringComparison.Ordinal);
        var output = Estimator([new("Features", "features")], [OnnxOutputColumn.Tensor("Score", "wrong")]);
        Assert.Contains("no output 'wrong'", Assert.Throws<ArgumentException>(() => output.GetOutputSchema(shape)).Message, StringComparison.Ordinal);
        Assert.Contains("'scores' Float[?, 3]", Assert.Throws<ArgumentException>(() => output.Fit(_data)).Message, StringComparison.Ordinal);
        var unfed = Estimator([], [OnnxOutputColumn.Tensor("Score", "scores")]);
        Assert.Contains("No column feeds the input", Assert.Throws<ArgumentException>(() => unfed.GetOutputSchema(shape)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_of_the_wrong_type_or_length_is_named_with_what_is_needed()
    {
        var wrongType = Estimator([new("Number", "features")], [OnnxOutputColumn.Tensor("Score", "scores")]);
        Assert.Contains("Column 'Number' is Int64", Assert.Throws<ArgumentException>(() => wrongType.Fit(_data)).Message, StringComparison.Ordinal);
        var wrongLength = Estimator([new("Sparse", "features")], [OnnxOutputColumn.Tensor("Score", "scores")]);
        Assert.Contains("is Vector<Single, 9>", Assert.Throws<ArgumentException>(() => wrongLength.Fit(_data)).Message, StringComparison.Ordinal);
        var scalar = Estimator([new("Features", "features")], [OnnxOutputColumn.Scalar("Score", "scores")]);
        Assert.Contains("3 elements per row", Assert.Throws<ArgumentException>(() => scalar.Fit(_data)).Message, StringComparison.Ordinal);
        var names = Estimator([new("Features", "features")], [OnnxOutputColumn.Tensor("Score", "scores", ["one"])]);
        Assert.Contains("1 slot names", Assert.Throws<ArgumentException>(() => names.Fit(_data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_and_damaged_files_give_typed_errors_that_name_them()
    {
        string missing = Path.Combine(_folder, "missing.onnx"), damaged = Path.Combine(_folder, "damaged.onnx");
        File.WriteAllText(damaged, "not a model");
        Assert.Contains("missing.onnx", Assert.Throws<FileNotFoundException>(() => _context.Transforms.ApplyOnnxModelBatched("o", "i", missing)).Message, StringComparison.Ordinal);
        Assert.Contains("damaged.onnx", Assert.Throws<OnnxSessionException>(() => _context.Transforms.ApplyOnnxModelBatched("o", "i", damaged)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.ApplyOnnxModelBatched("o", "i", Save(SmallModels.Linear()), batchSize: 0));
    }

    [Fact]
    public void A_pipeline_with_a_normaliser_before_it_is_saved_and_loaded()
    {
        var scoring = new BatchedOnnxOptions { Model = SmallModels.Linear(), Inputs = [new("Features", "features")], Outputs = [OnnxOutputColumn.Tensor("Score", "scores")] };
        var pipeline = _context.Transforms.NormalizeMeanVariance("Features", fixZero: false).Append(_context.Transforms.ApplyOnnxModelBatched(scoring));
        var model = pipeline.Fit(_data);
        string path = Path.Combine(_folder, "model.zip");
        _context.Model.Save(model, _data.Schema, path);
        var loaded = new MLContext().Model.Load(path, out _);
        var expected = Snapshot.Of(model.Transform(_data), ["Score"]);
        Assert.Null(Snapshot.Difference(expected, Snapshot.Of(loaded.Transform(_data), ["Score"]), 1e-5));
    }

    [Fact]
    public void An_affine_normaliser_is_folded_into_the_exported_model()
    {
        var options = new BatchedOnnxOptions { Model = SmallModels.Linear(), Inputs = [new("Features", "features")], Outputs = [OnnxOutputColumn.Tensor("Score", "scores")] };
        float[] scale = [2, 0.5f, 1, 4], offset = [0.5f, 0, -1, 0.25f];
        string path = Path.Combine(_folder, "folded.onnx");
        Fit(options).ExportOnnx(path, new OnnxExportOptions { FoldedNormalizers = [new AffineNormalizer("Features", scale, offset)] });
        using var folded = OnnxModel.Load(path);
        Assert.Empty(OnnxChecker.Check(folded));
        var raw = new Row { features = [1, 2, 3, 4] };
        var normalised = new Row { features = [.. raw.features.Select((x, i) => (x - offset[i]) * scale[i])] };
        Assert.Equal(ScoreOf(options.Model, normalised), ScoreOf(OnnxModelSource.FromFile(path), raw));
        Assert.Throws<ArgumentException>(() => Fit(options).ExportOnnx(path, new OnnxExportOptions { FoldedNormalizers = [new AffineNormalizer("Other", scale, offset)] }));
        Assert.Throws<ArgumentException>(() => Fit(options).ExportOnnx(path, new OnnxExportOptions { FoldedNormalizers = [new AffineNormalizer("Features", [1, 2], offset)] }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_normaliser_of_ML_NET_is_folded_as_it_was_fitted(bool fixZero)
    {
        var normalizer = _context.Transforms.NormalizeMeanVariance("Features", fixZero: fixZero).Fit(_data);
        var options = new BatchedOnnxOptions { Model = SmallModels.Linear(), Inputs = [new("Features", "features")], Outputs = [OnnxOutputColumn.Tensor("Score", "scores")] };
        var normalised = normalizer.Transform(_data);
        var transformer = _context.Transforms.ApplyOnnxModelBatched(options).Fit(normalised);
        string path = Path.Combine(_folder, "folded.onnx");
        transformer.ExportOnnx(path, new OnnxExportOptions { FoldedNormalizers = [AffineNormalizer.From("Features", normalizer)] });
        var folded = Fit(options with { Model = OnnxModelSource.FromFile(path) });
        Assert.Null(Snapshot.Difference(Snapshot.Of(transformer.Transform(normalised), ["Score"]), Snapshot.Of(folded.Transform(_data), ["Score"]), 1e-5));
    }

    private float[] ScoreOf(OnnxModelSource model, Row row)
    {
        var data = _context.Data.LoadFromEnumerable(new[] { row });
        var scored = _context.Transforms.ApplyOnnxModelBatched(new BatchedOnnxOptions { Model = model }).Fit(data).Transform(data);
        return (float[])Snapshot.Of(scored, ["scores"])[0].Values["scores"];
    }

    private OnnxModelTransformer Fit(OnnxModelSource model) =>
        Fit(new BatchedOnnxOptions { Model = model, Inputs = [new("Features", "features")], Outputs = [OnnxOutputColumn.Tensor("Score", "scores")] });

    private OnnxModelTransformer Fit(BatchedOnnxOptions options) => _context.Transforms.ApplyOnnxModelBatched(options).Fit(_data);

    private BatchedOnnxEstimator Estimator(OnnxInputColumn[] inputs, OnnxOutputColumn[] outputs) =>
        _context.Transforms.ApplyOnnxModelBatched(new BatchedOnnxOptions { Model = SmallModels.Linear(), Inputs = inputs, Outputs = outputs });

    private string Save(OnnxModelSource model)
    {
        string path = Path.Combine(_folder, "model.onnx");
        using var loaded = model.Load();
        loaded.Save(path);
        return path;
    }

    private sealed class Row
    {
        [VectorType(4)]
        public float[] features { get; set; } = [];
    }
}
