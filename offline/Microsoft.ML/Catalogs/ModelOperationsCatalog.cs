// SPDX-License-Identifier: MIT
using Microsoft.ML.StandIn;

namespace Microsoft.ML;

/// <summary>Saves, loads and runs models.</summary>
public sealed partial class ModelOperationsCatalog
{
    internal ModelOperationsCatalog(HostEnvironment environment) => Environment = environment;

    internal HostEnvironment Environment { get; }
}
