// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Running;
using MLNetExtensions.Quantization.Opsets;
using MLNetExtensions.Quantization.Reports;
using MLNetExtensions.Quantization.Weights;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Quantization.Planning;

/// <summary>What ONNX Runtime's CPU provider makes of each pattern, by version, as read from the graphs that it optimised. Tests assert the row of the version that runs.</summary>
internal sealed class RuntimeFacts
{
    /// <summary>1.29 and 1.31 gave the same; a version that differs gets a table of its own.</summary>
    private static readonly Dictionary<RuntimePattern, (RuntimePath Path, string Explanation)> From129 = new()
    {
        [RuntimePattern.MatMulNBits] = (RuntimePath.Fused, "it stands as MatMulNBits in the file"),
        [RuntimePattern.MatMulNBitsWithRealZeroPoints] = (RuntimePath.Fused, "it stands as MatMulNBits in the file; with real zero points that computes in floats at every accuracy level"),
        [RuntimePattern.Matrix] = (RuntimePath.Fused, "into MatMulNBits at load, from optimization level extended on; activations in 8 bits unless session.qdq_matmulnbits_accuracy_level says otherwise"),
        [RuntimePattern.MatrixWithOffsets] = (RuntimePath.DequantizedAtEachRun, "the offsets are added after DequantizeLinear; MatMulNBits takes them as real zero points"),
        [RuntimePattern.SharedMatrix] = (RuntimePath.DequantizedAtEachRun, "several operators read it, and DequantizeLinear is fused only with one"),
        [RuntimePattern.ScaledGemm] = (RuntimePath.DequantizedAtEachRun, "Gemm is fused only without alpha, beta and transA"),
        [RuntimePattern.MovedMatrix] = (RuntimePath.DequantizedAtEachRun, "the matrix is transposed, cut or moved before it is multiplied"),
        [RuntimePattern.MatrixOfOuterGraph] = (RuntimePath.DequantizedAtEachRun, "it stands in another graph than its reader"),
        [RuntimePattern.LeftMatrix] = (RuntimePath.DequantizedAtEachRun, "MatMulNBits has its weights on the right"),
        [RuntimePattern.StackedMatrices] = (RuntimePath.DequantizedAtEachRun, "MatMulNBits multiplies one matrix, not a stack of them"),
        [RuntimePattern.DoubleMatrix] = (RuntimePath.DequantizedAtEachRun, "there is no 64-bit MatMulNBits"),
        [RuntimePattern.Filters] = (RuntimePath.DequantizedAtEachRun, "convolutions have no 4-bit form; session.disable_quant_qdq=1 decodes once at load instead"),
        [RuntimePattern.Recurrence] = (RuntimePath.DequantizedAtEachRun, "recurrent operators have no 4-bit form; session.disable_quant_qdq=1 decodes once at load instead"),
        [RuntimePattern.Table] = (RuntimePath.DequantizedAtEachRun, "the whole table is decoded before rows are picked"),
    };

    private static readonly (Version Version, Dictionary<RuntimePattern, (RuntimePath, string)> Facts)[] Measured =
        [(new(1, 29), From129), (new(1, 31), From129)];

    private readonly Dictionary<RuntimePattern, (RuntimePath Path, string Explanation)> _facts;

    private RuntimeFacts(Version version, Dictionary<RuntimePattern, (RuntimePath, string)> facts)
    {
        Version = version.ToString();
        _facts = facts;
    }

    /// <summary>The version that was measured.</summary>
    public string Version { get; }

    /// <summary>The facts of the version that runs here.</summary>
    public static RuntimeFacts OfRunningVersion() => Of(OnnxSession.RuntimeVersion);

    /// <summary>The facts of a version: those of the newest measured that is not newer, or of the oldest.</summary>
    public static RuntimeFacts Of(string version)
    {
        var wanted = System.Version.TryParse(version, out var parsed) ? parsed : new Version(int.MaxValue, 0);
        var (measured, facts) = Measured.LastOrDefault(entry => entry.Version <= wanted, Measured[0]);
        return new(measured, facts);
    }

    public (RuntimePath Path, string Explanation) Of(RuntimePattern pattern) => _facts[pattern];

    /// <summary>How a planned tensor will be run; where its readers differ, the slowest of them.</summary>
    public (RuntimePath Path, string Explanation) Of(WeightPlan plan, OnnxQuantizationOptions options)
    {
        if (plan.Matrix is not null)
        {
            return Of(options.Form == QuantizationForm.RealOffset ? RuntimePattern.MatMulNBitsWithRealZeroPoints : RuntimePattern.MatMulNBits);
        }
        var (path, explanation) = plan.Weight.Uses.Where(use => use.Role is not null).Select(use => Of(PatternOf(plan, use, options))).MaxBy(fact => fact.Path);
        int readers = plan.Weight.Uses.Select(use => use.Node).Distinct().Count();
        return (path, readers == 1 ? explanation : $"{explanation} (blocks follow {LayoutChoice.Decisive(plan.Weight)!.Description} of {readers} readers)");
    }

    public static RuntimePattern PatternOf(WeightPlan plan, WeightUse use, OnnxQuantizationOptions options)
    {
        var weight = plan.Weight;
        return use.Role switch
        {
            WeightRole.Filters or WeightRole.TransposedFilters => RuntimePattern.Filters,
            WeightRole.Recurrence => RuntimePattern.Recurrence,
            WeightRole.Table => RuntimePattern.Table,
            WeightRole.LeftMatrix => RuntimePattern.LeftMatrix,
            _ when weight.Dimensions.Length > 2 => RuntimePattern.StackedMatrices,
            _ when weight.Tensor.DataType == (int)DataType.Double => RuntimePattern.DoubleMatrix,
            _ when !use.IsDirect || (use.Node.Integer("transB", 0) != 0 && !LayoutChoice.IsStoredTransposed(weight)) => RuntimePattern.MovedMatrix,
            _ when weight.Uses.Count > 1 || weight.IsReadElsewhere => RuntimePattern.SharedMatrix,
            _ when !QuantizationPlanner.CanMultiply(use) => RuntimePattern.ScaledGemm,
            _ when !ReferenceEquals(use.Graph, plan.Graph) => RuntimePattern.MatrixOfOuterGraph,
            _ => options.Form == QuantizationForm.RealOffset ? RuntimePattern.MatrixWithOffsets : RuntimePattern.Matrix,
        };
    }
}
