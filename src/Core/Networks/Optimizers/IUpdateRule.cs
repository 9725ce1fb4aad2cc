// SPDX-License-Identifier: MIT
using System.Numerics;

namespace MLNetExtensions.Networks.Optimizers;

/// <summary>The arithmetic of an optimiser for a vector of parameters; a struct, so that the loop around it is compiled for it.</summary>
internal interface IUpdateRule
{
    /// <summary>Updates parameters and the two numbers that are remembered for each; a rule that remembers less leaves them alone.</summary>
    void Update(ref Vector<float> parameter, Vector<float> gradient, ref Vector<float> first, ref Vector<float> second);
}
