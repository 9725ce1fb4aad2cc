// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Conformance.Tests.Onnx;

internal sealed class SparseFeatureRow
{
    [VectorType(5)]
    public VBuffer<float> Features;
}
