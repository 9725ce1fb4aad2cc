// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Running;

namespace MLNetExtensions.Pipelines;

/// <summary>One cursor's buffers, bound once to a runner of the shared session.</summary>
internal sealed class OnnxBatchScorer : IBatchScorer
{
    private readonly ReopenableSession.Lease _lease;
    private readonly InputFeed[] _feeds;
    private readonly IReadOnlyDictionary<string, TensorBuffer> _outputs;
    private readonly IReadOnlyList<OnnxOutputColumn> _columns;
    private readonly OnnxScoringOptions _options;
    private readonly OnnxRunner _runner;
    private long _rowsScored;

    public OnnxBatchScorer(
        ReopenableSession.Lease lease,
        InputFeed[] feeds,
        IReadOnlyList<TensorBuffer> inputs,
        IReadOnlyDictionary<string, TensorBuffer> outputs,
        IReadOnlyList<OnnxOutputColumn> columns,
        OnnxScoringOptions options,
        int capacity)
    {
        _lease = lease;
        _feeds = feeds;
        _outputs = outputs;
        _columns = columns;
        _options = options;
        _runner = lease.Session.CreateRunner(inputs, [.. outputs.Values], capacity);
    }

    public void Read(int index)
    {
        foreach (var feed in _feeds)
        {
            feed.Read(index);
        }
    }

    public void Score(int count)
    {
        _options.CancellationToken.ThrowIfCancellationRequested();
        _runner.Run(count);
        if (_options.NaNScoresAreErrors)
        {
            RefuseNaN(count);
        }
        _rowsScored += count;
    }

    public Delegate CreateGetter(int output, RowBatch batch) => OutputGetter.Create(_columns[output], _outputs[_columns[output].ModelOutput], batch);

    public void Dispose()
    {
        _runner.Dispose();
        _lease.Dispose();
    }

    private void RefuseNaN(int count)
    {
        foreach (var output in _outputs.Values)
        {
            int at = output switch
            {
                TensorBuffer<float> buffer => buffer.Elements[..(count * buffer.RowLength)].IndexOf(float.NaN),
                TensorBuffer<double> buffer => buffer.Elements[..(count * buffer.RowLength)].IndexOf(double.NaN),
                _ => -1,
            };
            if (at >= 0)
            {
                var column = _columns.First(c => c.ModelOutput == output.Name);
                throw new InvalidOperationException(
                    $"The score '{column.ColumnName}' of row {_rowsScored + at / output.RowLength} is not a number. Look for missing values or infinities in the inputs, or allow such scores (NaNScoresAreErrors = false).");
            }
        }
    }
}
