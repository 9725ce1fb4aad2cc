// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Conformance.Tests.Transforms;

internal sealed class TextRow
{
    public string? S;
}
