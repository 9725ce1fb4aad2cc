// SPDX-License-Identifier: MIT
using Microsoft.ML;
using MLNetExtensions.Pipelines;

namespace MLNetExtensions.Trainers.Predictions;

/// <summary>A fitted model for two classes: its transformer, and what it takes to make it again with another threshold.</summary>
internal sealed class BinaryPredictor
{
    private readonly IScoreFunction _function;
    private readonly ScoreCalibration _calibration;
    private readonly DataViewSchema _inputSchema;
    private readonly OnnxScoringOptions _scoring;

    /// <summary>Makes the model.</summary>
    /// <param name="function">What gives the score.</param>
    /// <param name="calibration">What makes it a probability.</param>
    /// <param name="threshold">Above it the predicted label is true.</param>
    /// <param name="columns">The columns that it reads and makes.</param>
    /// <param name="inputSchema">The schema that it was fitted on.</param>
    /// <param name="scoring">How it scores in process.</param>
    public BinaryPredictor(IScoreFunction function, ScoreCalibration calibration, float threshold, OnnxColumns columns, DataViewSchema inputSchema, OnnxScoringOptions scoring)
    {
        _function = function;
        _calibration = calibration;
        _scoring = scoring;
        _inputSchema = OnlyInputs(inputSchema, columns);
        Threshold = threshold;
        Model = new OnnxModelTransformer(PredictionGraph.Binary(function, calibration, threshold), columns, _inputSchema, scoring);
    }

    public OnnxModelTransformer Model { get; }

    public float Threshold { get; }

    /// <summary>The weights and bias, if the model is linear.</summary>
    public LinearScore? Linear => _function as LinearScore;

    /// <summary>The same model with another threshold.</summary>
    public BinaryPredictor WithThreshold(float threshold) => float.IsNaN(threshold)
        ? throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The threshold must be a number: rows whose score is above it are predicted positive.")
        : new BinaryPredictor(_function, _calibration, threshold, Model.Columns, _inputSchema, _scoring);

    // A schema may hold on to the data that it came from; a model must not.
    private static DataViewSchema OnlyInputs(DataViewSchema schema, OnnxColumns columns)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var input in columns.Inputs)
        {
            builder.AddColumn(input.ColumnName, schema[input.ColumnName].Type);
        }
        return builder.ToSchema();
    }
}
