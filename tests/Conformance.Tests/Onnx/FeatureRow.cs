// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Conformance.Tests.Onnx;

internal sealed class FeatureRow
{
    [VectorType(5)]
    public float[] Features = new float[5];
    public float One;
    public string Text = "";
}
