// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Conformance.Tests.Evaluation;

internal sealed class NumberRow
{
    public float Label;
    public float Score;
    public double Double = 1;
}
