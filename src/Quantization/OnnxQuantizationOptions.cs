// SPDX-License-Identifier: MIT
using MLNetExtensions.Quantization.Solvers;

namespace MLNetExtensions.Quantization;

/// <summary>How <see cref="OnnxQuantizer"/> quantizes a model.</summary>
public sealed record OnnxQuantizationOptions
{
    /// <summary>What a group of weights stores beside its codes.</summary>
    /// <value>The default is <see cref="QuantizationForm.Symmetric"/>.</value>
    public QuantizationForm Form
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Form), value, $"Form is one of {string.Join(", ", Enum.GetNames<QuantizationForm>())}.");
    } = QuantizationForm.Symmetric;

    /// <summary>How the codes stand in the graph.</summary>
    /// <value>The default is <see cref="QuantizationFormat.Qdq"/>.</value>
    public QuantizationFormat Format
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Format), value, $"Format is one of {string.Join(", ", Enum.GetNames<QuantizationFormat>())}.");
    } = QuantizationFormat.Qdq;

    /// <summary>Which weights share a scale.</summary>
    /// <value>The default is <see cref="WeightGrouping.PerBlock"/>.</value>
    public WeightGrouping Grouping
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Grouping), value, $"Grouping is one of {string.Join(", ", Enum.GetNames<WeightGrouping>())}.");
    } = WeightGrouping.PerBlock;

    /// <summary>Weights in a block, with <see cref="WeightGrouping.PerBlock"/>. ONNX Runtime has no fast path for other sizes than these.</summary>
    /// <value>16, 32, 64, 128 or 256; the default is 32.</value>
    public int BlockSize
    {
        get;
        init => field = value is 16 or 32 or 64 or 128 or 256
            ? value
            : throw new ArgumentOutOfRangeException(nameof(BlockSize), value, "BlockSize is 16, 32, 64, 128 or 256.");
    } = 32;

    /// <summary>The name of the solver that chooses the scales, one of <see cref="ScaleSolvers.Names"/>.</summary>
    /// <value>The default is <c>exact</c>; the others are there for comparison.</value>
    public string Solver
    {
        get;
        init => field = ScaleSolvers.Names.Contains(value, StringComparer.OrdinalIgnoreCase)
            ? value
            : throw new ArgumentException($"There is no solver '{value}'; Solver is one of {string.Join(", ", ScaleSolvers.Names)}.", nameof(Solver));
    } = "exact";

    /// <summary>Tensors left as they are: names of tensors or of nodes that use them, exact or with the wildcards <c>*</c> and <c>?</c>.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> ExcludedNames
    {
        get;
        init => field = value is not null && !value.Any(string.IsNullOrWhiteSpace)
            ? [.. value]
            : throw new ArgumentException("An excluded name is empty.", nameof(ExcludedNames));
    } = [];

    /// <summary>The <c>accuracy_level</c> of <c>MatMulNBits</c>: 0 or 1 computes in 32-bit floats, 4 quantizes activations to 8 bits on the way, which is several times faster and costs about 0.5 % relative error of the product.</summary>
    /// <value>0 to 4; the default is 4. It has no effect on <see cref="QuantizationFormat.Qdq"/>, where the session's entry <c>session.qdq_matmulnbits_accuracy_level</c> decides.</value>
    public int AccuracyLevel
    {
        get;
        init => field = value is >= 0 and <= 4 ? value : throw new ArgumentOutOfRangeException(nameof(AccuracyLevel), value, "AccuracyLevel is 0 to 4.");
    } = 4;

    /// <summary>Whether a model below opset 21 may be raised to it, where every operator of the model means the same there.</summary>
    /// <value>The default is true.</value>
    public bool RaiseOpset { get; init; } = true;

    /// <summary>The number of threads. It does not change the result.</summary>
    /// <value>The default is the number of processors.</value>
    public int MaxDegreeOfParallelism
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MaxDegreeOfParallelism), value, "At least one thread is needed.");
    } = Environment.ProcessorCount;

    /// <summary>Told how far the work is.</summary>
    /// <value>The default is null.</value>
    public IProgress<QuantizationProgress>? Progress { get; init; }

    /// <summary>Stops the work; files are left as they were.</summary>
    /// <value>The default never stops it.</value>
    public CancellationToken CancellationToken { get; init; }
}
