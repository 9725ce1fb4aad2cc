// SPDX-License-Identifier: MIT
namespace Microsoft.ML.Runtime;

/// <summary>An environment for one component, with random numbers of its own.</summary>
public interface IHost : IHostEnvironment
{
    Random Rand { get; }
}
