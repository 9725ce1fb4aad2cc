// SPDX-License-Identifier: MIT
using System.Numerics;

namespace MLNetExtensions.Numerics;

/// <summary>A function of two numbers, computed for a vector of them; a struct, so that the loop around it is compiled for it.</summary>
internal interface IVectorFunction
{
    /// <summary>Computes it for each pair of elements.</summary>
    Vector<float> Invoke(Vector<float> x, Vector<float> y);
}
