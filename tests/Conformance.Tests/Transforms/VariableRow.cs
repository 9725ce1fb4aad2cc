// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Conformance.Tests.Transforms;

internal sealed class VariableRow
{
    public float[] X = [];
    public string[] N = [];
}
