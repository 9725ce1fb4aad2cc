// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Losses;

namespace MLNetExtensions.Trainers.SubspaceSgd.Models;

/// <summary>Scores that are linear in the features: weights, features x outputs, and a bias for each output, beginning as zeros.</summary>
internal sealed class LinearModel(int features, int outputs, ILoss loss) : ITrainableModel
{
    public IReadOnlyList<ParameterTensor> Tensors { get; } =
    [
        new("weight", [features, outputs], Initialization.Zero),
        new("bias", [outputs], Initialization.Zero, Decays: false),
    ];

    public float[] Initialize(ulong seed) => new float[checked((features + 1) * outputs)];

    public IModelReplica CreateReplica() => new LinearReplica(features, outputs, loss);
}
