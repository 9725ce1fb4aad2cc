// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Core.Tests.Pipelines;

/// <summary>A good transformer with one thing replaced.</summary>
internal sealed class BrokenTransformer(ITransformer inner) : ITransformer, IDisposable
{
    public Func<IDataView, IDataView> TransformWith { get; init; } = inner.Transform;

    public Func<DataViewSchema, IRowToRowMapper> MapWith { get; init; } = inner.GetRowToRowMapper;

    public Action<ModelSaveContext> SaveWith { get; init; } = inner.Save;

    public Action DisposeWith { get; init; } = () => (inner as IDisposable)?.Dispose();

    public Func<DataViewSchema, DataViewSchema> SchemaWith { get; init; } = inner.GetOutputSchema;

    public bool IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => SchemaWith(inputSchema);

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => MapWith(inputSchema);

    public IDataView Transform(IDataView input) => TransformWith(input);

    public void Save(ModelSaveContext ctx) => SaveWith(ctx);

    public void Dispose() => DisposeWith();
}
