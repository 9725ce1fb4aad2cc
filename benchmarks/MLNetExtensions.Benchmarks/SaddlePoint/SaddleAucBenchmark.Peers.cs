// SPDX-License-Identifier: MIT
using Microsoft.ML;

namespace MLNetExtensions.Benchmarks.SaddlePoint;

/// <content>Compiled where Microsoft.ML is the real one: the stand-in has no trainers.</content>
public sealed partial class SaddleAucBenchmark
{
    static partial void AddPeers(MLContext context, List<(string Name, Func<IDataView, ITransformer> Fit)> trainers) =>
        trainers.Add(("LbfgsLogisticRegression", data => context.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(data)));
}
