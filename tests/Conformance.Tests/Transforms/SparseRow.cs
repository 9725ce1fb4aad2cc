// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Conformance.Tests.Transforms;

internal sealed class SparseRow
{
    [VectorType(5)]
    public VBuffer<float> X;
    public float F;
    public string W = "";
}
