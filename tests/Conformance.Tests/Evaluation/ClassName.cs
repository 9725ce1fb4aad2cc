// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Conformance.Tests.Evaluation;

internal sealed class ClassName
{
    public string Name = "";
}
