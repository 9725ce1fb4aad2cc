// SPDX-License-Identifier: MIT
using Microsoft.ML.StandIn;

namespace Microsoft.ML;

/// <summary>Trainers and metrics for numbers.</summary>
public sealed partial class RegressionCatalog : TrainCatalogBase
{
    internal RegressionCatalog(HostEnvironment environment)
        : base(environment) => Trainers = new RegressionTrainers(environment);

    public RegressionTrainers Trainers { get; }

    /// <summary>Where trainers for numbers are hung.</summary>
    public sealed class RegressionTrainers : CatalogInstantiatorBase
    {
        internal RegressionTrainers(HostEnvironment environment)
            : base(environment)
        {
        }
    }
}
