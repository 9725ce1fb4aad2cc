// SPDX-License-Identifier: MIT
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Data;

/// <summary>Loads lines of separated fields.</summary>
public sealed partial class TextLoader : IDataLoader<IMultiStreamSource>
{
    private readonly Options _options;
    private readonly TextColumn[] _columns;

    internal TextLoader(Options options, IMultiStreamSource dataSample)
    {
        if (options.AllowSparse)
        {
            throw new NotSupportedException("The stand-in for Microsoft.ML does not read sparse lines; use dense ones.");
        }

        _options = options;
        int? width = options.InputSize ?? (dataSample is null ? null : new TextLines(dataSample, options).FirstWidth());
        Column[] columns = options.Columns is { Length: > 0 } given ? given : [new Column("Label", DataKind.Single, 0), new Column("Features", DataKind.Single, [new Range(1, null)])];
        _columns = [.. columns.Select(c => new TextColumn(c, width, options))];
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException("The stand-in for Microsoft.ML does not save loaders; save the model with its input schema.");

    public DataViewSchema GetOutputSchema()
    {
        var builder = new DataViewSchema.Builder();
        foreach (TextColumn column in _columns)
        {
            builder.AddColumn(column.Name, column.Type);
        }

        return builder.ToSchema();
    }

    public IDataView Load(IMultiStreamSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new TextView(GetOutputSchema(), source, _options, _columns);
    }
}
