// SPDX-License-Identifier: MIT
using Microsoft.ML;

namespace MLNetExtensions.Benchmarks.SubspaceSgd;

/// <content>Compiled where Microsoft.ML is the real one: the stand-in has no trainers.</content>
public sealed partial class SubspaceA9aBenchmark
{
    static partial void AddPeers(MLContext context, List<(string Name, Func<IDataView, ITransformer> Fit)> trainers)
    {
        trainers.Add(("SgdCalibrated", data => context.BinaryClassification.Trainers.SgdCalibrated().Fit(data)));
        trainers.Add(("SdcaLogisticRegression", data => context.BinaryClassification.Trainers.SdcaLogisticRegression().Fit(data)));
        trainers.Add(("LbfgsLogisticRegression", data => context.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(data)));
    }
}
