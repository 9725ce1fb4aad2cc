// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Losses;

namespace MLNetExtensions.Trainers.SubspaceSgd.Models;

/// <summary>Scores that are linear in the features: weights, features x outputs, and a bias for each output, beginning as zeros.</summary>
internal sealed class LinearModel(int features, int outputs) : ITrainableModel
{
    public IReadOnlyList<ParameterTensor> Tensors { get; } =
    [
        new("weight", [features, outputs], Initialization.Zero),
        new("bias", [outputs], Initialization.Zero, Decays: false),
    ];

    public float[] Initialize(ulong seed) => new float[checked((features + 1) * outputs)];

    public bool TryRescale(Span<float> parameters, double scale, double offset)
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] = (float)((parameters[i] * scale) + (i < features * outputs ? 0 : offset));
        }
        return true;
    }

    public IModelReplica CreateReplica(ILoss loss) => new LinearReplica(features, outputs, loss);
}
