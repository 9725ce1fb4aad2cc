// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Conformance.Tests.Evaluation;

internal sealed class NumberedClassRow
{
    [KeyType(3)]
    public uint Label;
    [VectorType(3)]
    public float[] Score = new float[3];
    [KeyType(3)]
    public uint PredictedLabel;
}
