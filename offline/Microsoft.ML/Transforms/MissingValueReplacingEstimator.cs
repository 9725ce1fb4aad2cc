// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Transforms;

/// <summary>Learns what to put in the place of missing values.</summary>
public sealed class MissingValueReplacingEstimator : IEstimator<MissingValueReplacingTransformer>
{
    private readonly InputOutputColumnPair[] _columns;
    private readonly ReplacementMode _mode;
    private readonly bool _bySlot;

    internal MissingValueReplacingEstimator(InputOutputColumnPair[] columns, ReplacementMode mode, bool bySlot)
    {
        _columns = columns;
        _mode = mode;
        _bySlot = bySlot;
    }

    /// <summary>What is put in the place of missing values.</summary>
    public enum ReplacementMode
    {
        DefaultValue = 0,
        Mean = 1,
        Minimum = 2,
        Maximum = 3,
        Mode = 5,
    }

    public MissingValueReplacingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        DataViewSchema.Column[] sources = [.. _columns.Select(c => input.Schema.Required(c.InputColumnName, nameof(input)))];
        foreach (DataViewSchema.Column source in sources)
        {
            MissingValueReplacingTransformer.Check(InputColumns.ItemOf(source.Type));
        }

        double[][] replacements = [.. sources.Select(s => new double[Slots(s.Type)])];
        if (_mode != ReplacementMode.DefaultValue)
        {
            ReplacementFit[][] fits = [.. replacements.Select(r => r.Select(_ => new ReplacementFit(_mode)).ToArray())];
            using DataViewRowCursor cursor = input.GetRowCursor(sources.DistinctBy(s => s.Index));
            Action[] readers = [.. sources.Select((s, i) => Reader(cursor, s, fits[i]))];
            while (cursor.MoveNext())
            {
                Array.ForEach(readers, read => read());
            }

            replacements = [.. fits.Select(column => column.Select(slot => slot.Value).ToArray())];
        }

        return new MissingValueReplacingTransformer([.. _columns.Select((pair, i) => (pair, replacements[i]))]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With([.. _columns.Select(pair =>
        {
            SchemaShape.Column source = inputSchema.Required(pair.InputColumnName);
            MissingValueReplacingTransformer.Check(source.ItemType);
            var annotations = new SchemaShape(source.Only(AnnotationKinds.SlotNames, AnnotationKinds.IsNormalized));
            return new SchemaShape.Column(pair.OutputColumnName, source.Kind, source.ItemType, false, annotations);
        })]);
    }

    /// <summary>How many replacements a column has: one for each slot, or one in all.</summary>
    private int Slots(DataViewType type) => _bySlot && type is VectorDataViewType { IsKnownSize: true } vector ? vector.Size : 1;

    private static Action Reader(DataViewRow row, DataViewSchema.Column column, ReplacementFit[] fits)
        => InputColumns.ItemOf(column.Type).RawType == typeof(float) ? ReplacementFit.Reader<float>(row, column, fits) : ReplacementFit.Reader<double>(row, column, fits);
}
