// SPDX-License-Identifier: MIT
using Microsoft.ML.StandIn;

namespace Microsoft.ML;

/// <summary>Loads, splits, filters and reads data.</summary>
public sealed partial class DataOperationsCatalog
{
    internal DataOperationsCatalog(HostEnvironment environment) => Environment = environment;

    internal HostEnvironment Environment { get; }
}
