// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>Scores a model on the columns of a schema.</summary>
internal sealed class OnnxRowMapper : RowMapper
{
    private readonly OnnxModelSession _model;
    private readonly OnnxInput[] _inputs;
    private readonly OnnxTensor[] _outputs;

    internal OnnxRowMapper(OnnxModelSession model, DataViewSchema schema, OnnxInput[] inputs, OnnxTensor[] outputs)
        : base(schema, [.. outputs.Select(o => Added(model, o))])
    {
        _model = model;
        _inputs = inputs;
        _outputs = outputs;
    }

    protected internal override IEnumerable<int> InputsOf(int added) => _inputs.Select(i => i.Column.Index);

    protected internal override Delegate MakeGetter(DataViewRow input, int added) => throw new InvalidOperationException("The getters share a run of the model.");

    protected internal override Delegate[] MakeGetters(DataViewRow input, bool[] activeAdded, out IDisposable disposable)
    {
        int[] active = [.. Enumerable.Range(0, _outputs.Length).Where(i => activeAdded[i])];
        var getters = new Delegate[_outputs.Length];
        if (active.Length == 0)
        {
            disposable = null;
            return getters;
        }

        var run = new OnnxRun(_model, input, _inputs, [.. active.Select(i => _outputs[i])]);
        for (int i = 0; i < active.Length; i++)
        {
            getters[active[i]] = run.MakeGetter(i);
        }

        disposable = run;
        return getters;
    }

    private static DataViewSchema.DetachedColumn Added(OnnxModelSession model, OnnxTensor output)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        if (output.IsKnown && model.SlotNames.TryGetValue(output.ColumnName, out string[] names) && names.Length == output.KnownLength)
        {
            builder.AddSlotNames(names);
        }

        return new DataViewSchema.DetachedColumn(output.ColumnName, output.ColumnType, builder.ToAnnotations());
    }
}
