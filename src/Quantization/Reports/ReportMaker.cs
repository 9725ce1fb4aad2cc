// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Quantization.Emission;
using MLNetExtensions.Quantization.Planning;

namespace MLNetExtensions.Quantization.Reports;

/// <summary>Puts the report together from plans and what they became.</summary>
internal static class ReportMaker
{
    public static IReadOnlyList<TensorReport> Tensors(IReadOnlyList<WeightPlan> plans, IReadOnlyList<EncodedWeight> encoded, QuantizationForm form)
    {
        var results = encoded.ToDictionary(weight => weight.Plan);
        return [.. plans.Select(plan => Of(plan, results.GetValueOrDefault(plan), form)).OrderByDescending(tensor => tensor.BytesBefore)];
    }

    /// <summary>The report of a quantization that was planned but not done: everything but the errors.</summary>
    public static IReadOnlyList<TensorReport> Foretell(IReadOnlyList<WeightPlan> plans, QuantizationForm form) =>
        [.. plans.Select(plan => Foretell(plan, form)).OrderByDescending(tensor => tensor.BytesBefore)];

    private static TensorReport Foretell(WeightPlan plan, QuantizationForm form)
    {
        var report = Of(plan, null, form);
        if (!plan.IsQuantized)
        {
            return report;
        }
        var groups = plan.Matrix?.Groups ?? plan.Layout!.Groups;
        int scaleBytes = TensorTypes.BitsOf(plan.Weight.Tensor.DataType) == 16 ? 2 : sizeof(float);
        return report with
        {
            Format = plan.Format,
            Form = form,
            Groups = groups.Groups,
            GroupSize = groups.LargestGroup,
            Bits = 4,
            BytesAfter = plan.Matrix is null ? StoredSize.Of(plan.Layout!, form, scaleBytes) : StoredSize.Of(plan.Matrix, form, scaleBytes),
        };
    }

    private static TensorReport Of(WeightPlan plan, EncodedWeight? encoded, QuantizationForm form)
    {
        var weight = plan.Weight;
        long bytesBefore = TensorTypes.BytesOf(weight.Tensor.DataType, weight.Elements);
        TensorReport report = new()
        {
            Name = weight.Name,
            Consumers = [.. weight.Uses.Select(use => use.Description).Distinct()],
            Shape = [.. weight.Tensor.Dims],
            ElementType = TensorTypes.NameOf(weight.Tensor.DataType),
            Path = plan.Path,
            Explanation = plan.Explanation,
            Bits = TensorTypes.BitsOf(weight.Tensor.DataType),
            BytesBefore = bytesBefore,
            BytesAfter = bytesBefore,
        };
        return encoded is null ? report : report with
        {
            Format = plan.Format,
            Form = form,
            Groups = encoded.Groups.Groups,
            GroupSize = encoded.Groups.LargestGroup,
            Bits = 4,
            NormalizedSquaredError = encoded.NormalizedError,
            SignalToNoise = encoded.SignalToNoise,
            BytesAfter = encoded.Bytes,
        };
    }
}
