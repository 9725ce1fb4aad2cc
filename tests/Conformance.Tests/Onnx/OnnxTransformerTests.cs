// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Onnx;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Conformance.Tests.Onnx;

public sealed class OnnxTransformerTests
{
    private static readonly MLContext Context = ModelFile.Context;

    [Fact]
    public void A_model_adds_a_vector_and_scores_row_by_row()
    {
        using ModelFile model = ModelFile.Linear();
        using OnnxTransformer transformer = Context.Transforms.ApplyOnnxModel("score_", "Features", model.Path).Fit(ModelFile.Rows);
        Assert.Equal("Microsoft.ML.Transforms.Onnx.OnnxTransformer", transformer.GetType().FullName);
        Assert.Equal("score_:Vector<Single, 1, 1> = [0]; [1]; [2]", Describe.Column(transformer.Transform(ModelFile.Rows), "score_"));
        Assert.True(((ITransformer)transformer).IsRowToRowMapper);
        IRowToRowMapper mapper = ((ITransformer)transformer).GetRowToRowMapper(ModelFile.Rows.Schema);
        Assert.Equal(["Features"], mapper.GetDependencies([mapper.OutputSchema["score_"]]).Select(c => c.Name));
    }

    [Fact]
    public void Columns_may_be_left_to_the_model_and_the_model_to_a_stream_or_options()
    {
        using ModelFile model = ModelFile.Linear();
        using var stream = new MemoryStream(File.ReadAllBytes(model.Path));
        var options = new OnnxOptions { ModelFile = model.Path, InputColumns = ["Features"], OutputColumns = ["score_"], IntraOpNumThreads = 1 };
        OnnxScoringEstimator[] estimators = [Context.Transforms.ApplyOnnxModel(model.Path), Context.Transforms.ApplyOnnxModel(stream), Context.Transforms.ApplyOnnxModel(options)];
        Assert.All(estimators, e => Assert.Equal("[0]; [1]; [2]", Scores(e)));
        Assert.Equal(100, new OnnxOptions().RecursionLimit);
    }

    [Fact]
    public void A_row_mapper_and_an_engine_score_like_a_cursor()
    {
        using ModelFile model = ModelFile.Linear();
        using OnnxTransformer transformer = Context.Transforms.ApplyOnnxModel(model.Path).Fit(ModelFile.Rows);
        using var engine = Context.Model.CreatePredictionEngine<FeatureRow, ScoreRow>(transformer, new PredictionEngineOptions { OwnsTransformer = false });
        Assert.Equal([2f], engine.Predict(new FeatureRow { Features = [1, 1, 1, 1, 1] }).Score);
        Assert.Equal([-3f], engine.Predict(new FeatureRow { Features = [0, 0, 3, 1, 1] }).Score);
    }

    [Fact]
    public void Missing_values_pass_and_sparse_ones_are_zeros()
    {
        using ModelFile model = ModelFile.Linear();
        IDataView missing = Context.Data.LoadFromEnumerable<FeatureRow>([new() { Features = [1, float.NaN, 0, 0, 0] }]);
        Assert.Equal("[NaN]", Scores(Context.Transforms.ApplyOnnxModel(model.Path), missing));
        IDataView sparse = Context.Data.LoadFromEnumerable<SparseFeatureRow>([
            new() { Features = new VBuffer<float>(5, 2, [3, 4], [1, 2]) }, new() { Features = new VBuffer<float>(5, 0, [], []) }]);
        Assert.Equal("[2]; [0]", Scores(Context.Transforms.ApplyOnnxModel(model.Path), sparse));
    }

    [Theory]
    [InlineData(DataType.Float, "Single", "Vector<Single, 1, 1> = [1.5]")]
    [InlineData(DataType.Double, "Double", "Vector<Double, 1, 1> = [0.25]")]
    [InlineData(DataType.Int32, "Int32", "Vector<Int32, 1, 1> = [-1]")]
    [InlineData(DataType.Int64, "Int64", "Vector<Int64, 1, 1> = [-2]")]
    [InlineData(DataType.Uint32, "UInt32", "Vector<UInt32, 1, 1> = [3]")]
    [InlineData(DataType.Uint64, "UInt64", "Vector<UInt64, 1, 1> = [4]")]
    [InlineData(DataType.Int16, "Int16", "Vector<Int16, 1, 1> = [-5]")]
    [InlineData(DataType.Uint16, "UInt16", "Vector<UInt16, 1, 1> = [6]")]
    [InlineData(DataType.Int8, "SByte", "Vector<SByte, 1, 1> = [-7]")]
    [InlineData(DataType.Uint8, "Byte", "Vector<Byte, 1, 1> = [8]")]
    [InlineData(DataType.Bool, "Boolean", "Vector<Boolean, 1, 1> = [True]")]
    [InlineData(DataType.String, "String", "Vector<String, 1, 1> = ['t']")]
    public void A_scalar_column_is_a_tensor_of_one_and_comes_back_as_a_vector(DataType type, string column, string expected)
        => Assert.Equal("Y:" + expected, Identity(column, type, "N", 1));

    [Fact]
    public void Unknown_dimensions_are_one_at_the_front_and_make_outputs_variable_elsewhere()
    {
        Assert.Equal("Y:Vector<Single, 1, 4> = [1 2 3 4]", Identity("Four", DataType.Float, "N", 4));
        Assert.Equal("Y:Vector<Single, 1, 2, 2> = [1 2 3 4]", Identity("Four", DataType.Float, null, 2, 2));
        Assert.Equal("Y:Vector<Single, 4> = [1 2 3 4]", Identity("Four", DataType.Float, 4));
        Assert.Equal("Y:Vector<String, 1, 2> = ['a' 'b']", Identity("Texts", DataType.String, "N", 2));
        Assert.Equal("ArgumentOutOfRangeException: Only 1 unknown dimension is allowed (Parameter 'X')", Describe.Error(() => Identity("Four", DataType.Float, "N", "A", "B")));
    }

    [Fact]
    public void A_shape_dictionary_fills_unknown_dimensions_and_may_not_contradict()
    {
        using ModelFile open = ModelFile.Linear(["N", "M"], ["N", 1]);
        var five = new Dictionary<string, int[]> { ["Features"] = [1, 5], ["no such tensor"] = [3] };
        Assert.Equal("[0]; [1]; [2]", Scores(Context.Transforms.ApplyOnnxModel(open.Path, five)));
        using ModelFile linear = ModelFile.Linear();
        Assert.StartsWith(
            "ArgumentOutOfRangeException: shapeDictionary (Parameter 'The specified shape 1,6 is not compatible with the shape -1,5 loaded from the ONNX model file.",
            Describe.Error(() => Context.Transforms.ApplyOnnxModel(linear.Path, new Dictionary<string, int[]> { ["Features"] = [1, 6] })));
    }

    [Fact]
    public void Outputs_lose_their_suffix_and_get_slot_names_and_unknown_sizes()
    {
        using ModelFile model = ModelFile.Two();
        IDataView rows = Context.Data.LoadFromEnumerable<PairRow>([new() { A = [1, 2, 3], B = [10, 20, 30] }, new() { A = [0, 2, -3], B = [1, 1, 1] }]);
        OnnxScoringEstimator estimator = Context.Transforms.ApplyOnnxModel(model.Path);
        IDataView scored = estimator.Fit(rows).Transform(rows);
        Assert.Equal("Sum:Vector<Single, 1, 3> {SlotNames:Vector<String, 3>=['p' 'q' 'r']} = [11 22 33]; [1 3 -2]", Describe.Column(scored, "Sum"));
        Assert.Equal("Dif:Vector<Single, 1, 3> = [-9 -18 -27]; [-1 1 -4]", Describe.Column(scored, "Dif"));
        Assert.Equal("Where:Vector<Int64> = [0 0 0 0 1 2]; [0 0 1 2]", Describe.Column(scored, "Where"));
        Assert.Equal("Dif:Vector<Single, 1, 3> = [-9 -18 -27]; [-1 1 -4]", Describe.Column(Context.Transforms.ApplyOnnxModel(["Dif"], ["B", "A"], model.Path).Fit(rows).Transform(rows), "Dif"));
        SchemaShape shape = Context.Transforms.CustomMapping<Transforms.NoColumns, PairRow>((_, _) => { }, null).GetOutputSchema(new SchemaShape([]));
        Assert.Equal("Sum.output:Vector:Single", Describe.Shape(estimator.GetOutputSchema(shape), "Sum.output"));
    }

    [Fact]
    public void After_disposal_schemas_and_saving_work_and_scoring_does_not()
    {
        using ModelFile model = ModelFile.Linear();
        OnnxScoringEstimator estimator = Context.Transforms.ApplyOnnxModel(model.Path);
        OnnxTransformer transformer = estimator.Fit(ModelFile.Rows);
        Assert.Same(transformer, estimator.Fit(ModelFile.Rows));
        transformer.Dispose();
        transformer.Dispose();
        Assert.Contains(transformer.GetOutputSchema(ModelFile.Rows.Schema), c => c.Name == "score_");
        Context.Model.Save(transformer, ModelFile.Rows.Schema, new MemoryStream());
        Assert.ThrowsAny<InvalidOperationException>(() => transformer.Transform(ModelFile.Rows).GetColumn<float[]>("score_").ToList());
    }

    private static string Identity(string column, DataType type, params object?[] dimensions)
    {
        using ModelFile model = ModelFile.Identity(type, dimensions);
        IDataView rows = Context.Data.LoadFromEnumerable<TypedRow>([new()]);
        IDataView named = Context.Transforms.CopyColumns("X", column).Fit(rows).Transform(rows);
        using OnnxTransformer transformer = Context.Transforms.ApplyOnnxModel(model.Path).Fit(named);
        return Describe.Column(transformer.Transform(named), "Y");
    }

    private static string Scores(OnnxScoringEstimator estimator, IDataView? rows = null)
    {
        using OnnxTransformer transformer = estimator.Fit(rows ?? ModelFile.Rows);
        return Describe.Values(transformer.Transform(rows ?? ModelFile.Rows), "score_");
    }
}
