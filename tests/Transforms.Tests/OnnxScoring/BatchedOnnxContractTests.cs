// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Pipelines;
using MLNetExtensions.TestUtilities;
using MLNetExtensions.Transforms.OnnxScoring;

namespace MLNetExtensions.Transforms.Tests.OnnxScoring;

[Collection(ContractCollection.Name)]
public sealed class BatchedOnnxContractTests
{
    private static readonly MemoryDataView Data = ContractData.Create();

    [Theory]
    [InlineData("Features", 8)]
    [InlineData("SparseFeatures", 8)]
    [InlineData("Features", 1)]
    [InlineData("Features", 4096)]
    public void A_linear_model_keeps_the_contract(string features, int batchSize) =>
        EstimatorContract.Verify(Case(SmallModels.Linear(), [new(features, "features")], [OnnxOutputColumn.Tensor("My scores", "scores", ["a", "b", "c"])], batchSize));

    [Fact]
    public void A_model_with_a_fixed_batch_of_one_keeps_the_contract() =>
        EstimatorContract.Verify(Case(SmallModels.Linear(rows: 1), [new("Features", "features")], [OnnxOutputColumn.Tensor("Score", "scores")]));

    [Fact]
    public void A_model_that_mixes_rows_keeps_the_contract() =>
        EstimatorContract.Verify(Case(SmallModels.MixesRows(), [new("Features", "features")], [OnnxOutputColumn.Tensor("Score", "scores")]));

    [Fact]
    public void A_model_with_two_inputs_and_every_kind_of_output_keeps_the_contract() => EstimatorContract.Verify(Case(
        SmallModels.TwoInputs(),
        [new("Features", "features"), new("Number", "number")],
        [
            OnnxOutputColumn.Scalar("Score", "sum"),
            OnnxOutputColumn.Tensor("Doubled", "doubled"),
            OnnxOutputColumn.Boolean("PredictedLabel", "large"),
            OnnxOutputColumn.Tensor("Large", "large"),
            OnnxOutputColumn.Tensor("Sum", "sum"),
            OnnxOutputColumn.Key("Name", "doubled", ClassValues.Of(Enumerable.Range(0, 40).Select(i => $"class {i}"))),
        ]));

    [Fact]
    public void An_output_that_replaces_its_input_column_keeps_the_contract_of_saving() =>
        EstimatorContract.LoadedModelAgrees(Case(SmallModels.Linear(), [new("Features", "features")], [OnnxOutputColumn.Tensor("Features", "scores")]));

    private static EstimatorCase Case(OnnxModelSource model, OnnxInputColumn[] inputs, OnnxOutputColumn[] outputs, int batchSize = 8) => new()
    {
        Create = () => new MLContext().Transforms.ApplyOnnxModelBatched(new BatchedOnnxOptions { Model = model, Inputs = inputs, Outputs = outputs, Scoring = new() { BatchSize = batchSize } }),
        Data = Data,
        InputColumns = [.. inputs.Select(input => input.ColumnName)],
        OutputColumns = [.. outputs.Select(output => output.ColumnName)],
        BadInputs =
        [
            new BadInput(Renamed(inputs[0].ColumnName, "Text"), inputs[0].ColumnName),
            new BadInput(Renamed(inputs[0].ColumnName, "Class"), inputs[0].ColumnName),
            new BadInput(Renamed(inputs[0].ColumnName, "Sparse"), inputs[0].ColumnName, ShapeShowsIt: false),
        ],
        Predict = (context, transformer) =>
        {
            var engine = context.Model.CreatePredictionEngine<Point, Nothing>(transformer);
            engine.Predict(new Point());
            return engine;
        },
    };

    private static IDataView Renamed(string name, string source) => new MLContext().Transforms.CopyColumns(name, source).Fit(Data).Transform(Data);

    private sealed class Point
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [1, 2, 3, 4];

        [VectorType(4)]
        public float[] SparseFeatures { get; set; } = [1, 2, 3, 4];

        public long Number { get; set; } = 3;
    }

    private sealed class Nothing
    {
    }
}
