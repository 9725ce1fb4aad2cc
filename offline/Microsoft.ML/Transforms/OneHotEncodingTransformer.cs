// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Transforms;

/// <summary>Values to keys, and keys to vectors.</summary>
[TransformerLoader("CategoricalTransform")]
public sealed class OneHotEncodingTransformer : ITransformer
{
    private readonly ITransformer[] _steps;

    internal OneHotEncodingTransformer(params ITransformer[] steps) => _steps = [.. steps.Where(s => s is not null)];

    bool ITransformer.IsRowToRowMapper => true;

    internal static OneHotEncodingTransformer Load(ModelLoadContext context)
        => new([.. Enumerable.Range(0, (int)context.State["Steps"]).Select(i => context.LoadChild("Step_" + i))]);

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return _steps.Aggregate(inputSchema, (schema, step) => step.GetOutputSchema(schema));
    }

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return _steps.Aggregate(input, (data, step) => step.Transform(data));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var mappers = new List<IRowToRowMapper>();
        foreach (ITransformer step in _steps)
        {
            mappers.Add(step.GetRowToRowMapper(mappers.Count > 0 ? mappers[^1].OutputSchema : inputSchema));
        }

        return new ChainedRowMapper(inputSchema, mappers);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ctx.SetState("CategoricalTransform", new JsonObject { ["Steps"] = _steps.Length });
        for (int i = 0; i < _steps.Length; i++)
        {
            ctx.SaveChild("Step_" + i, _steps[i]);
        }
    }
}
