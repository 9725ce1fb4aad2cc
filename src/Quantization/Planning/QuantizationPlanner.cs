// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.Quantization.Opsets;
using MLNetExtensions.Quantization.Reports;
using MLNetExtensions.Quantization.Weights;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Quantization.Planning;

/// <summary>Decides for each tensor of a model whether and how it is quantized.</summary>
internal sealed class QuantizationPlanner(OnnxModel model, OnnxQuantizationOptions options, string? opsetObstacle, RuntimeFacts facts)
{
    private readonly NamePatterns _excluded = new(options.ExcludedNames);
    private readonly IReadOnlySet<string> _notTrained = NotTrainedTensors.Of(model.Proto);

    /// <summary>The plan of every tensor, in the order of the model.</summary>
    public IReadOnlyList<WeightPlan> Plan()
    {
        WeightPlan[] plans = [.. WeightFinder.Find(model).Select(PlanOf)];
        return _excluded.Unused.FirstOrDefault() is { } unused
            ? throw new ArgumentException($"No tensor, and no node that reads one, is called '{unused}'. Exclude a name that the model has, or a pattern such as 'encoder*'.")
            : plans;
    }

    private WeightPlan PlanOf(WeightTensor weight)
    {
        string? excluded = _excluded.Match(weight);
        if (LayoutChoice.Decisive(weight) is not { } use)
        {
            string[] readers = [.. weight.Uses.Select(use => use.Node.OpType).Distinct()];
            return WeightPlan.Leave(weight, readers.Length == 0 ? "no operator reads it" : $"only {string.Join(", ", readers)} reads it: no weights of a kind that is quantized");
        }
        if (excluded is not null)
        {
            return WeightPlan.Leave(weight, $"excluded by '{excluded}'");
        }
        if (ReasonToLeave(weight) is { } reason)
        {
            return WeightPlan.Leave(weight, reason);
        }
        int scaleBytes = weight.Tensor.DataType == (int)DataType.Float16 ? 2 : sizeof(float);
        if (options.Format == QuantizationFormat.MatMulNBits && MatrixLayoutOf(weight) is { } matrix)
        {
            return CheckSize(new WeightPlan(weight) { Matrix = matrix }, StoredSize.Of(matrix, options.Form, scaleBytes));
        }
        if (opsetObstacle is not null)
        {
            return WeightPlan.Leave(weight, $"it needs DequantizeLinear of opset {OperatorChanges.Target}: {opsetObstacle}");
        }
        return LayoutChoice.ForDequantizing(weight, use, options) is { } layout
            ? CheckSize(new WeightPlan(weight) { Layout = layout, Graph = GraphOf(weight) }, StoredSize.Of(layout, options.Form, scaleBytes))
            : WeightPlan.Leave(weight, $"its axes cannot be followed to {use.Description}");
    }

    private string? ReasonToLeave(WeightTensor weight) =>
        _notTrained.Contains(weight.Name) || _notTrained.Contains(weight.Tensor.Name) ? "its producer marks it as not trained"
        : weight.IsReplaceable ? "it is the default of an input of the model, which the caller may replace"
        : weight.Tensor.DataType == (int)DataType.Bfloat16 ? "BFLOAT16 weights are not run by ONNX Runtime's CPU provider"
        : weight.Dimensions.Length < 2 ? "it is a vector"
        : IsTransposedElsewhere(weight) ? "a Transpose reads it beside its operators, and ONNX Runtime 1.29 ends the process on such a Transpose of decoded codes"
        : weight.Elements > Array.MaxLength ? $"it has {weight.Elements} elements; at most {Array.MaxLength} are quantized"
        : null;

    private static bool IsTransposedElsewhere(WeightTensor weight) =>
        weight.IsReadElsewhere && GraphEditor.Readers(weight.Graph, weight.Name).Any(reader => reader.Node.OpType == "Transpose");

    private WeightPlan CheckSize(WeightPlan plan, long bytesAfter)
    {
        long bytesBefore = TensorTypes.BytesOf(plan.Weight.Tensor.DataType, plan.Weight.Elements);
        if (bytesAfter >= bytesBefore)
        {
            return WeightPlan.Leave(plan.Weight, $"it would grow from {bytesBefore} to {bytesAfter} bytes");
        }
        var (path, explanation) = facts.Of(plan, options);
        return plan with { Path = path, Explanation = explanation };
    }

    /// <summary>The matrix of <c>MatMulNBits</c>, where every reader can become that operator; otherwise null.</summary>
    private MatrixLayout? MatrixLayoutOf(WeightTensor weight)
    {
        if (weight.Dimensions.Length != 2 || weight.IsReadElsewhere || weight.Tensor.DataType == (int)DataType.Double || !weight.Uses.TrueForAll(CanMultiply)
            || weight.Uses.Select(use => use.SummedAxis).Distinct().Count() != 1)
        {
            return null;
        }
        int summed = weight.Uses[0].SummedAxis;
        return MatrixLayout.Create((int)weight.Dimensions[summed], (int)weight.Dimensions[1 - summed], (summed == 0) ^ weight.IsTransposed, options);
    }

    internal static bool CanMultiply(WeightUse use) => use is { Role: WeightRole.RightMatrix, IsDirect: true }
        && (use.Node.OpType == "MatMul" || (use.Node.Integer("transA", 0) == 0 && use.Node.Single("alpha", 1) == 1 && (!HasAddend(use.Node) || use.Node.Single("beta", 1) == 1)));

    internal static bool HasAddend(NodeProto gemm) => gemm.OpType == "Gemm" && gemm.Input.Count > 2 && gemm.Input[2].Length > 0;

    /// <summary>ONNX Runtime fuses only within a graph, so matrices that one subgraph alone reads are decoded there.</summary>
    private static GraphProto GraphOf(WeightTensor weight)
    {
        var first = weight.Uses[0].Graph;
        return weight.Folded.Count == 0 && !weight.IsReadElsewhere && weight.Uses.TrueForAll(use => ReferenceEquals(use.Graph, first) && use is { IsDirect: true, Role: WeightRole.RightMatrix })
            ? first
            : weight.Graph;
    }
}
