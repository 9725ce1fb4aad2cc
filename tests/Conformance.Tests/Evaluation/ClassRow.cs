// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Conformance.Tests.Evaluation;

internal sealed class ClassRow
{
    public string? Class;
    public string? Predicted;
    [VectorType(3)]
    public float[] Score = new float[3];
}
