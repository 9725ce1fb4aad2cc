// SPDX-License-Identifier: MIT
namespace MLNetExtensions.TestUtilities;

/// <summary>An estimator breaks its contract.</summary>
public sealed class ContractViolationException(string check, string message) : Exception($"{check}: {message}")
{
    /// <summary>The name of the check that failed.</summary>
    public string Check { get; } = check;
}
