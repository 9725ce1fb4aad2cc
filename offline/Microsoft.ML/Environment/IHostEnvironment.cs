// SPDX-License-Identifier: MIT
namespace Microsoft.ML.Runtime;

/// <summary>What components see of the context in which they run.</summary>
public interface IHostEnvironment : IChannelProvider, IProgressChannelProvider
{
    ComponentCatalog ComponentCatalog { get; }

    IHost Register(string name, int? seed = null, bool? verbose = null);
}
