// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Pipelines;

namespace MLNetExtensions.Trainers.Data;

/// <summary>Reads the rows of a data view.</summary>
internal sealed class ViewCursor : IRowCursor
{
    private readonly DataViewRowCursor _cursor;
    private readonly ValueGetter<VBuffer<float>>? _features;
    private readonly Func<float> _label;
    private readonly Func<float> _weight;
    private VBuffer<float> _vector;

    public ViewCursor(IDataView view, TrainingColumns columns, bool features)
    {
        string[] names = [columns.Label, .. features ? [columns.Features] : Array.Empty<string>(), .. columns.Weight is { } weight ? [weight] : Array.Empty<string>()];
        _cursor = view.GetRowCursor(names.Distinct().Select(name => view.Schema[name]));
        try
        {
            _features = features ? _cursor.GetGetter<VBuffer<float>>(_cursor.Schema[columns.Features]) : null;
            _label = LabelReader(_cursor, columns);
            _weight = ColumnReaders.Weight(_cursor, columns.Weight);
        }
        catch
        {
            _cursor.Dispose();
            throw;
        }
    }

    /// <summary>NaN where it is missing.</summary>
    public float Label { get; private set; }

    public float Weight { get; private set; }

    public bool MoveNext()
    {
        if (!_cursor.MoveNext())
        {
            return false;
        }
        Label = _label();
        Weight = _weight();
        return true;
    }

    public void CopyTo(TrainingRowsBuilder rows)
    {
        _features!(ref _vector);
        rows.Add(new FeatureRow(_vector.IsDense ? [] : _vector.GetIndices(), _vector.GetValues(), _vector.IsDense), Label, Weight);
    }

    public void Dispose() => _cursor.Dispose();

    private static Func<float> LabelReader(DataViewRow row, TrainingColumns columns)
    {
        switch (columns.LabelKind)
        {
            case LabelKind.Boolean:
                var boolean = ColumnReaders.Boolean(row, columns.Label);
                return () => boolean() ? 1 : 0;
            case LabelKind.Key:
                var key = ColumnReaders.Key(row, columns.Label);
                return () => key() is > 0 and var number ? number - 1 : float.NaN;
            default:
                return ColumnReaders.Number(row, columns.Label);
        }
    }
}
