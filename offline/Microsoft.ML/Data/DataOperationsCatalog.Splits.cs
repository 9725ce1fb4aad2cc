// SPDX-License-Identifier: MIT
using Microsoft.ML.StandIn;

namespace Microsoft.ML;

public sealed partial class DataOperationsCatalog
{
    // What the draws start from where neither the call nor the context gives a seed: splits are repeatable even then.
    private const int DefaultSeed = 42;

    public TrainTestData TrainTestSplit(IDataView data, double testFraction = 0.1, string samplingKeyColumnName = null, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (!(testFraction > 0 && testFraction < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(testFraction), "Must be between 0 and 1 exclusive");
        }

        return Split(data, DrawFor(data, samplingKeyColumnName, seed), 0, testFraction);
    }

    public IReadOnlyList<TrainTestData> CrossValidationSplit(IDataView data, int numberOfFolds = 5, string samplingKeyColumnName = null, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (numberOfFolds <= 1)
        {
            throw new ArgumentOutOfRangeException(nameof(numberOfFolds), "Must be more than 1");
        }

        SplitDraw draw = DrawFor(data, samplingKeyColumnName, seed);
        double Edge(int fold) => fold == 0 ? double.NegativeInfinity : fold == numberOfFolds ? double.PositiveInfinity : (double)fold / numberOfFolds;
        return [.. Enumerable.Range(0, numberOfFolds).Select(fold => Split(data, draw, Edge(fold), Edge(fold + 1)))];
    }

    private static TrainTestData Split(IDataView data, SplitDraw draw, double from, double to)
        => new(draw.Rows(data, from, to, inside: false), draw.Rows(data, from, to, inside: true));

    private SplitDraw DrawFor(IDataView data, string samplingKeyColumn, int? seed)
        => new(data.Schema, samplingKeyColumn, seed ?? Environment.Seed ?? DefaultSeed);

    /// <summary>The two parts of a split.</summary>
    public readonly struct TrainTestData
    {
        public readonly IDataView TrainSet;
        public readonly IDataView TestSet;

        internal TrainTestData(IDataView trainSet, IDataView testSet)
        {
            TrainSet = trainSet;
            TestSet = testSet;
        }
    }
}
