// SPDX-License-Identifier: MIT
using Microsoft.ML.StandIn;

namespace Microsoft.ML;

/// <summary>Trainers and metrics for two classes.</summary>
public sealed partial class BinaryClassificationCatalog : TrainCatalogBase
{
    internal BinaryClassificationCatalog(HostEnvironment environment)
        : base(environment) => Trainers = new BinaryClassificationTrainers(environment);

    public BinaryClassificationTrainers Trainers { get; }

    /// <summary>Where trainers for two classes are hung.</summary>
    public sealed class BinaryClassificationTrainers : CatalogInstantiatorBase
    {
        internal BinaryClassificationTrainers(HostEnvironment environment)
            : base(environment)
        {
        }
    }
}
