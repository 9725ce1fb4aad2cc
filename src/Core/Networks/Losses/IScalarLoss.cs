// SPDX-License-Identifier: MIT
using System.Numerics;

namespace MLNetExtensions.Networks.Losses;

/// <summary>A loss of one score and one target, computed for a vector of them; a struct, so that the loop around it is compiled for it.</summary>
internal interface IScalarLoss
{
    /// <summary>The loss and its derivative by the score.</summary>
    Vector<float> Loss(Vector<float> score, Vector<float> target, out Vector<float> derivative);

    /// <summary>The second derivative by the score; zero where there is none.</summary>
    Vector<float> SecondDerivative(Vector<float> score, Vector<float> target);
}
