// SPDX-License-Identifier: MIT
using Microsoft.ML;

namespace MLNetExtensions.TestUtilities;

/// <summary>One estimator with data that it fits on: what <see cref="EstimatorContract.Verify"/> needs to know.</summary>
public sealed record EstimatorCase
{
    /// <summary>Makes the estimator, the same at each call.</summary>
    public required Func<IEstimator<ITransformer>> Create { get; init; }

    /// <summary>Good data: it shuffles, gives several cursors, and has text, key and sparse columns beside what the estimator reads.</summary>
    public required IDataView Data { get; init; }

    /// <summary>The columns that estimator and transformer demand.</summary>
    public required IReadOnlyList<string> InputColumns { get; init; }

    /// <summary>Label, weight, group: what the estimator demands and the transformer does not.</summary>
    public IReadOnlyList<string> FittingColumns { get; init; } = [];

    /// <summary>The columns that the transformer adds.</summary>
    public required IReadOnlyList<string> OutputColumns { get; init; }

    /// <summary>Data that must be refused by <c>GetOutputSchema</c> and <c>Fit</c>, beside data that lacks a column.</summary>
    public IReadOnlyList<BadInput> BadInputs { get; init; } = [];

    /// <summary>Makes a prediction engine of the transformer, predicts once, and returns the engine.</summary>
    public required Func<MLContext, ITransformer, IDisposable> Predict { get; init; }

    /// <summary>Evaluates scored data with ML.NET's evaluator; the figures of both faces are compared. Null for transforms that nobody evaluates.</summary>
    public Func<MLContext, IDataView, double[]>? Evaluate { get; init; }

    /// <summary>How far scores of the two faces, or of one row alone and in a batch, may lie apart: the order of additions differs.</summary>
    public double Tolerance { get; init; } = 1e-5;
}
