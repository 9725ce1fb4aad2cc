// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.StandIn;

/// <summary>
/// Runs the model on the row that a cursor stands on, once for all outputs. Inputs and outputs of fixed shape are bound once to
/// arrays that are used again; so a run allocates nothing. Outputs of unknown shape and texts are taken from ONNX Runtime each time.
/// </summary>
internal sealed class OnnxRun : IDisposable
{
    private readonly OnnxModelSession _model;
    private readonly InferenceSession _session;
    private readonly DataViewRow _row;
    private readonly OnnxTensor[] _outputs;
    private readonly OnnxFeed[] _feeds;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly OrtValue[] _inputValues;
    private readonly RunOptions _runOptions = new();
    private readonly OnnxBoundOutputs _bound;
    private IDisposableReadOnlyCollection<OrtValue> _results;
    private long _position = long.MinValue;

    internal OnnxRun(OnnxModelSession model, DataViewRow row, OnnxInput[] inputs, OnnxTensor[] outputs)
    {
        _model = model;
        _session = model.Session;
        _row = row;
        _outputs = outputs;
        _feeds = [.. inputs.Select(i => i.MakeFeed(row))];
        _inputNames = [.. inputs.Select(i => i.Tensor.Name)];
        _outputNames = [.. outputs.Select(o => o.Name)];
        _inputValues = new OrtValue[_feeds.Length];
        if (_feeds.All(f => f.IsFixed) && outputs.All(o => o.IsKnown && o.Dimensions.Length > 0 && o.Item is not TextDataViewType))
        {
            _bound = new OnnxBoundOutputs(_session, _inputNames, _feeds, outputs);
        }
    }

    internal Delegate MakeGetter(int output)
        => _outputs[output].Dimensions.Length == 0
            ? RowGetters.Call<Delegate>(typeof(OnnxRun), this, nameof(RefusingGetter), [_outputs[output].Item.RawType])
            : RowGetters.Call<Delegate>(typeof(OnnxRun), this, _bound is null ? nameof(TakingGetter) : nameof(BoundGetter), [_outputs[output].Item.RawType], output);

    public void Dispose()
    {
        _results?.Dispose();
        _bound?.Dispose();
        Array.ForEach(_feeds, f => f.Dispose());
        _runOptions.Dispose();
    }

    private ValueGetter<VBuffer<T>> BoundGetter<T>(int output)
    {
        T[] values = (T[])_bound.Buffers[output];
        return (ref VBuffer<T> destination) =>
        {
            EnsureRun();
            VBufferEditor<T> editor = VBufferEditor.Create(ref destination, values.Length);
            values.CopyTo(editor.Values);
            destination = editor.Commit();
        };
    }

    private ValueGetter<VBuffer<T>> TakingGetter<T>(int output)
        => (ref VBuffer<T> destination) =>
        {
            EnsureRun();
            T[] values = OnnxValues.Take<T>(_results[output]);
            VBufferEditor<T> editor = VBufferEditor.Create(ref destination, values.Length);
            values.CopyTo(editor.Values);
            destination = editor.Commit();
        };

    // The real packages offer a column for an output without dimensions and fail when it is read.
    private ValueGetter<T> RefusingGetter<T>() => (ref T _) => throw new ArgumentNullException("source");

    private void EnsureRun()
    {
        if (_row.Position == _position)
        {
            return;
        }

        ObjectDisposedException.ThrowIf(_model.IsDisposed, typeof(Transforms.Onnx.OnnxTransformer));

        foreach (OnnxFeed feed in _feeds)
        {
            feed.Fill();
        }

        if (_bound is not null)
        {
            _bound.Run(_runOptions);
        }
        else
        {
            _results?.Dispose();
            _results = null;
            for (int i = 0; i < _feeds.Length; i++)
            {
                _inputValues[i] = _feeds[i].Value;
            }

            _results = _session.Run(_runOptions, _inputNames, _inputValues, _outputNames);
        }

        _position = _row.Position;
    }
}
