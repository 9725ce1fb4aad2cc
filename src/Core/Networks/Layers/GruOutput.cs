// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Networks.Layers;

/// <summary>What a <see cref="Gru"/> hands on.</summary>
public enum GruOutput
{
    /// <summary>The hidden state after the last step.</summary>
    LastStep,

    /// <summary>The hidden states after all steps, one after another in one row.</summary>
    AllSteps,
}
