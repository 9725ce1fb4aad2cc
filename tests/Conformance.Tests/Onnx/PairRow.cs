// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Conformance.Tests.Onnx;

internal sealed class PairRow
{
    [VectorType(3)]
    public float[] A = new float[3];
    [VectorType(3)]
    public float[] B = new float[3];
}
