// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Transforms;

/// <summary>Keeps columns in the order named, or drops those named.</summary>
[TransformerLoader("SelectColumnsTransform")]
public sealed class ColumnSelectingTransformer : ITransformer
{
    private readonly bool _keepHidden;

    internal ColumnSelectingTransformer(string[] keepColumns, string[] dropColumns, bool keepHidden)
    {
        Keeps = keepColumns is { Length: > 0 };
        if (!Keeps && dropColumns is not { Length: > 0 })
        {
            throw new InvalidOperationException("Neither keepColumns and dropColumns is set. Exactly one must be specified.");
        }

        Names = Keeps ? keepColumns : dropColumns;
        _keepHidden = keepHidden;
    }

    /// <summary>Whether the named columns are those kept.</summary>
    internal bool Keeps { get; }

    internal string[] Names { get; }

    bool ITransformer.IsRowToRowMapper => true;

    internal static ColumnSelectingTransformer Load(ModelLoadContext context)
    {
        string[] names = ModelFormat.FromJson<string[]>(context.State["Names"]);
        bool keeps = (bool)context.State["Keeps"];
        return new ColumnSelectingTransformer(keeps ? names : null, keeps ? null : names, (bool)context.State["KeepHidden"]);
    }

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Mapper(inputSchema).OutputSchema;

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedView(input, Mapper(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Mapper(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ctx.SetState("SelectColumnsTransform", new JsonObject { ["Names"] = ModelFormat.ToJson(Names), ["Keeps"] = Keeps, ["KeepHidden"] = _keepHidden });
    }

    private SelectingMapper Mapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        foreach (string name in Names)
        {
            inputSchema.Required(name);
        }

        IEnumerable<DataViewSchema.Column> kept = Keeps
            ? Names.SelectMany(name => inputSchema.Where(c => c.Name == name && (_keepHidden || !c.IsHidden)))
            : inputSchema.Where(c => !Names.Contains(c.Name));
        return new SelectingMapper(inputSchema, [.. kept.Select(c => c.Index)]);
    }
}
