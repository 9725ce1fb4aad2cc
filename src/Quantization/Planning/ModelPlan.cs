// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Quantization.Opsets;

namespace MLNetExtensions.Quantization.Planning;

/// <summary>What is to become of a model: decided in one place for those who do it and those who only foretell it.</summary>
/// <param name="Raise">The raise of the opset, not yet applied.</param>
/// <param name="Obstacle">Why the opset is not raised; null where it can be or needn't.</param>
/// <param name="Facts">What the running ONNX Runtime makes of each pattern.</param>
/// <param name="Weights">The plan of every tensor, in the order of the model.</param>
internal sealed record ModelPlan(OpsetRaise Raise, string? Obstacle, RuntimeFacts Facts, IReadOnlyList<WeightPlan> Weights)
{
    /// <exception cref="OnnxFormatException">A node lacks an input or output.</exception>
    /// <exception cref="ArgumentException">An excluded name is no tensor's and no node's.</exception>
    public static ModelPlan Of(OnnxModel model, GraphEditor editor, OnnxQuantizationOptions options)
    {
        DamagedNodes.Refuse(model);
        var raise = OpsetRaise.Plan(model, editor);
        string? obstacle = raise.Obstacle
            ?? (raise.IsNeedless || options.RaiseOpset ? null : $"opset {OnnxVersions.OpsetOf(model.Proto)} is not to be raised (RaiseOpset)");
        var facts = RuntimeFacts.OfRunningVersion();
        return new ModelPlan(raise, obstacle, facts, new QuantizationPlanner(model, options, obstacle, facts).Plan());
    }
}
