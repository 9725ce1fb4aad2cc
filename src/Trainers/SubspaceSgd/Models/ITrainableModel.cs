// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks;

namespace MLNetExtensions.Trainers.SubspaceSgd.Models;

/// <summary>A function of rows with one vector of parameters.</summary>
internal interface ITrainableModel
{
    /// <summary>The tensors of the parameter vector, in order.</summary>
    IReadOnlyList<ParameterTensor> Tensors { get; }

    /// <summary>New parameters.</summary>
    float[] Initialize(ulong seed);

    /// <summary>What computes with the parameters on one thread.</summary>
    IModelReplica CreateReplica();
}
