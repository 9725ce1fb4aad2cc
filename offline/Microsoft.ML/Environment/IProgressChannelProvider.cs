// SPDX-License-Identifier: MIT
namespace Microsoft.ML.Runtime;

/// <summary>Starts channels for progress.</summary>
public interface IProgressChannelProvider
{
    IProgressChannel StartProgressChannel(string name);
}
