// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Losses;

namespace MLNetExtensions.Trainers.SubspaceSgd.Models;

/// <summary>A function of rows with one vector of parameters.</summary>
internal interface ITrainableModel
{
    /// <summary>The tensors of the parameter vector, in order.</summary>
    IReadOnlyList<ParameterTensor> Tensors { get; }

    /// <summary>New parameters.</summary>
    float[] Initialize(ulong seed);

    /// <summary>Changes parameters such that scores are multiplied and then shifted, if the model's form allows it.</summary>
    bool TryRescale(Span<float> parameters, double scale, double offset);

    /// <summary>What computes with the parameters on one thread.</summary>
    /// <param name="loss">What its gradients are of.</param>
    IModelReplica CreateReplica(ILoss loss);
}
