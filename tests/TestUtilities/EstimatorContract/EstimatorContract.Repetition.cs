// SPDX-License-Identifier: MIT
using Microsoft.ML;

namespace MLNetExtensions.TestUtilities;

public static partial class EstimatorContract
{
    /// <summary>The same options and data give the same bits, from one estimator fitted twice, from two estimators, and at a second reading.</summary>
    public static void FittingAndScoringRepeat(EstimatorCase subject)
    {
        var estimator = subject.Create();
        var first = estimator.Fit(subject.Data).Transform(subject.Data);
        var expected = Snapshot.Of(first);
        RequireSame(expected, Snapshot.Of(first), 0, "a second reading");
        RequireSame(expected, Snapshot.Of(estimator.Fit(subject.Data).Transform(subject.Data)), 0, "a second Fit");
        RequireSame(expected, Snapshot.Of(Fit(subject).Transform(subject.Data)), 0, "a second estimator");
    }

    /// <summary>One transformer scores in many threads at once.</summary>
    public static void ThreadsDoNotDisturbEachOther(EstimatorCase subject)
    {
        var transformer = Fit(subject);
        var expected = Snapshot.Of(transformer.Transform(subject.Data));
        using var start = new Barrier(4);
        var results = new List<RowSnapshot>[4];
        var failures = new Exception?[4];
        var threads = Enumerable.Range(0, 4).Select(i => new Thread(() =>
        {
            try
            {
                start.SignalAndWait();
                for (int round = 0; round < 3; round++)
                {
                    results[i] = Snapshot.Of(transformer.Transform(subject.Data));
                }
            }
            catch (Exception failure)
            {
                failures[i] = failure;
            }
        })).ToArray();
        foreach (var thread in threads)
        {
            thread.Start();
        }
        foreach (var thread in threads)
        {
            thread.Join();
        }
        Require(failures.All(failure => failure is null), $"a thread failed: {failures.FirstOrDefault(failure => failure is not null)}");
        foreach (var result in results)
        {
            RequireSame(expected, result, subject.Tolerance, "scores of another thread");
        }
    }

    /// <summary>A prediction engine disposes the transformer that it was made from; the transformer scores on.</summary>
    public static void ScoringSurvivesAPredictionEngine(EstimatorCase subject)
    {
        var transformer = Fit(subject);
        var expected = Snapshot.Of(transformer.Transform(subject.Data));
        var context = new MLContext();
        using (subject.Predict(context, transformer))
        {
        }
        try
        {
            RequireSame(expected, Snapshot.Of(transformer.Transform(subject.Data)), subject.Tolerance, "scores after an engine was disposed");
            using (subject.Predict(context, transformer))
            {
            }
        }
        catch (Exception failure) when (failure is not ContractViolationException)
        {
            throw new ContractViolationException(nameof(ScoringSurvivesAPredictionEngine), $"after a prediction engine was disposed, scoring fails: {failure.Message}");
        }
    }
}
