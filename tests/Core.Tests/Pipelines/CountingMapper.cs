// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Pipelines;

namespace MLNetExtensions.Core.Tests.Pipelines;

/// <summary>Doubles a column, without any model, and counts what is asked of it.</summary>
internal sealed class CountingMapper(int batchSize) : IBatchMapper
{
    public int Scorers { get; private set; }

    public int OpenScorers { get; private set; }

    public List<int> Batches { get; } = [];

    public IReadOnlyList<string> InputColumns => ["Weight"];

    public IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns => [new("Doubled", NumberDataViewType.Single)];

    public int BatchSize => batchSize;

    public IBatchScorer CreateScorer(DataViewRow row, IReadOnlyList<bool> activeOutputs, int capacity)
    {
        Scorers++;
        OpenScorers++;
        return new Scorer(this, ColumnReaders.Number(row, "Weight"), capacity);
    }

    private sealed class Scorer(CountingMapper owner, Func<float> read, int capacity) : IBatchScorer
    {
        private readonly float[] _inputs = new float[capacity];
        private readonly float[] _outputs = new float[capacity];

        public void Read(int index) => _inputs[index] = read();

        public void Score(int count)
        {
            owner.Batches.Add(count);
            for (int i = 0; i < count; i++)
            {
                _outputs[i] = 2 * _inputs[i];
            }
        }

        public Delegate CreateGetter(int output, RowBatch batch) => (ValueGetter<float>)((ref float value) =>
        {
            batch.EnsureScored();
            value = _outputs[batch.Current];
        });

        public void Dispose() => owner.OpenScorers--;
    }
}
