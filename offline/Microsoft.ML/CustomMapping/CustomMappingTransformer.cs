// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Transforms;

/// <summary>Computes columns by a function of the user.</summary>
public sealed class CustomMappingTransformer<TSrc, TDst> : ITransformer
    where TSrc : class, new()
    where TDst : class, new()
{
    private readonly Action<TSrc, TDst> _mapAction;
    private readonly string _contractName;
    private readonly SchemaDefinition _inputDefinition;
    private readonly RowMember[] _added;

    internal CustomMappingTransformer(Action<TSrc, TDst> mapAction, string contractName, SchemaDefinition inputSchemaDefinition = null, SchemaDefinition outputSchemaDefinition = null)
    {
        ArgumentNullException.ThrowIfNull(mapAction);
        _mapAction = mapAction;
        _contractName = contractName;
        _inputDefinition = inputSchemaDefinition;
        _added = RowMember.Of(typeof(TDst), outputSchemaDefinition ?? SchemaDefinition.Create(typeof(TDst), SchemaDefinition.Direction.Read));
    }

    bool ITransformer.IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new CustomRowMapper<TSrc, TDst>(inputSchema, _mapAction, _inputDefinition, _added).OutputSchema;
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new CustomRowMapper<TSrc, TDst>(inputSchema, _mapAction, _inputDefinition, _added);
    }

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedView(input, new CustomRowMapper<TSrc, TDst>(input.Schema, _mapAction, _inputDefinition, _added));
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        if (_contractName is null)
        {
            throw new InvalidOperationException("Empty contract name for a transform: the transform cannot be saved");
        }

        ctx.SetState(CustomMappingState.Name, new JsonObject
        {
            ["Contract"] = _contractName,
            ["Assembly"] = (_mapAction.Method.DeclaringType ?? typeof(TSrc)).Assembly.FullName,
        });
    }

    internal IEnumerable<(string Name, DataViewType Type)> InputColumns()
        => RowMember.Of(typeof(TSrc), _inputDefinition ?? SchemaDefinition.Create(typeof(TSrc), SchemaDefinition.Direction.Write)).Select(m => (m.ColumnName, m.ColumnType));

    internal IEnumerable<DataViewSchema.DetachedColumn> OutputColumns()
        => _added.Select(m => new DataViewSchema.DetachedColumn(m.ColumnName, m.ColumnType, m.Annotations));
}
