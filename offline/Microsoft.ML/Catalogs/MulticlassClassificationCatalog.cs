// SPDX-License-Identifier: MIT
using Microsoft.ML.StandIn;

namespace Microsoft.ML;

/// <summary>Trainers and metrics for several classes.</summary>
public sealed partial class MulticlassClassificationCatalog : TrainCatalogBase
{
    internal MulticlassClassificationCatalog(HostEnvironment environment)
        : base(environment) => Trainers = new MulticlassClassificationTrainers(environment);

    public MulticlassClassificationTrainers Trainers { get; }

    /// <summary>Where trainers for several classes are hung.</summary>
    public sealed class MulticlassClassificationTrainers : CatalogInstantiatorBase
    {
        internal MulticlassClassificationTrainers(HostEnvironment environment)
            : base(environment)
        {
        }
    }
}
