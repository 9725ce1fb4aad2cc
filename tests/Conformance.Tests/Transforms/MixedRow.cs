// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Conformance.Tests.Transforms;

internal sealed class MixedRow
{
    public float F;
    public bool B;
    public string? S;
    [VectorType(3)]
    public float[] V = new float[3];
    [KeyType(5)]
    public uint K;
    public int I;
    public double D;
    [VectorType(2)]
    public string[] N = ["", ""];
}
