// SPDX-License-Identifier: MIT
using System.Globalization;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MLNetExtensions.Onnx.Running;

/// <summary>One input or output of a model: its name, element type and shape, as ONNX Runtime sees them.</summary>
/// <param name="Name">The name in the graph.</param>
/// <param name="ElementType">The type of the elements.</param>
/// <param name="Dimensions">The shape; -1 stands for a dimension that is known only when the model runs.</param>
/// <param name="IsTensor">False for sequences, maps and optional values, which have no element type or shape of their own.</param>
public sealed record OnnxTensorInfo(string Name, TensorElementType ElementType, IReadOnlyList<long> Dimensions, bool IsTensor = true)
{
    /// <summary>True when the first dimension is open, so that it can count the rows of a batch.</summary>
    public bool LeadingDimensionIsOpen => Dimensions.Count > 0 && Dimensions[0] < 0;

    /// <summary>The shape as people write it: <c>[?, 28, 28]</c>.</summary>
    public string ShapeText => Describe(Dimensions);

    /// <inheritdoc/>
    public override string ToString() => IsTensor ? $"'{Name}' {ElementType}{ShapeText}" : $"'{Name}' (not a tensor)";

    internal static string Describe(IEnumerable<long> dimensions) =>
        "[" + string.Join(", ", dimensions.Select(d => d < 0 ? "?" : d.ToString(CultureInfo.InvariantCulture))) + "]";
}
