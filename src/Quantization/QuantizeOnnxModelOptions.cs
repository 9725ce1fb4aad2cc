// SPDX-License-Identifier: MIT
using MLNetExtensions.Pipelines;

namespace MLNetExtensions.Quantization;

/// <summary>Which model is quantized, how, and which columns it reads and makes.</summary>
public sealed record QuantizeOnnxModelOptions
{
    /// <summary>The model before quantization.</summary>
    public required OnnxModelSource Model
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Model));
    }

    /// <summary>How it is quantized.</summary>
    /// <value>The defaults of <see cref="OnnxQuantizationOptions"/>.</value>
    public OnnxQuantizationOptions Quantization
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Quantization));
    } = new();

    /// <summary>Which column feeds which input of the model.</summary>
    /// <value>Null: each input reads the column of its own name.</value>
    public IReadOnlyList<OnnxInputColumn>? Inputs { get; init; }

    /// <summary>Which output of the model becomes which column, and of what kind.</summary>
    /// <value>Null: each output becomes the vector column of its own name.</value>
    public IReadOnlyList<OnnxOutputColumn>? Outputs { get; init; }

    /// <summary>How the fitted transformer scores in process.</summary>
    /// <value>Batches of 256 rows.</value>
    public OnnxScoringOptions Scoring { get; init; } = new();
}
