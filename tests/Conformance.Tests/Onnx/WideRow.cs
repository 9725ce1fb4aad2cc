// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Conformance.Tests.Onnx;

internal sealed class WideRow
{
    public float[] Features = [];
}
