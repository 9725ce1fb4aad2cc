// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Onnx;
using MLNetExtensions.Pipelines.Saving;

namespace MLNetExtensions.Pipelines;

/// <summary>A fitted transformer that is an ONNX model.</summary>
/// <remarks>
/// It has two faces. In process it scores rows in batches with ONNX Runtime. Saved, it is a chain of transformers of ML.NET's own
/// that any ML.NET application loads, and that gives the same columns. Immutable and safe for any number of threads; disposing it
/// frees the native session, which opens again if somebody still scores.
/// </remarks>
public sealed class OnnxModelTransformer : ITransformer, IDisposable
{
    private readonly ReopenableSession _session;
    private readonly OnnxBatchMapper _mapper;
    private readonly DataViewSchema _inputSchema;

    /// <summary>Opens the model and finds how its tensors fit the columns.</summary>
    /// <param name="source">The model.</param>
    /// <param name="columns">Which columns feed it, which columns it gives.</param>
    /// <param name="inputSchema">The schema that it was fitted on.</param>
    /// <param name="options">How it scores in process.</param>
    /// <exception cref="ArgumentException">The columns do not fit the model.</exception>
    /// <exception cref="Onnx.Running.OnnxSessionException">ONNX Runtime can't open or run the model.</exception>
    public OnnxModelTransformer(OnnxModelSource source, OnnxColumns columns, DataViewSchema inputSchema, OnnxScoringOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(inputSchema);
        options ??= new OnnxScoringOptions();
        Columns = columns;
        _session = new ReopenableSession(source, options.Session);
        try
        {
            _mapper = OnnxBatchMapper.Create(_session, columns, options, inputSchema);
        }
        catch
        {
            _session.Close();
            throw;
        }
        _inputSchema = KeepInputs(inputSchema, columns);
    }

    /// <summary>Which columns feed the model, which columns it gives.</summary>
    public OnnxColumns Columns { get; }

    /// <summary>The model.</summary>
    public OnnxModelSource Source => _session.Source;

    /// <summary>False when rows must be scored one by one: the model has a fixed batch dimension, or scores rows together otherwise than alone.</summary>
    public bool ScoresInBatches => _mapper.BatchSize > 1;

    /// <inheritdoc/>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        Check(inputSchema);
        return BatchMapping.OutputSchema(inputSchema, _mapper);
    }

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        Check(inputSchema);
        return BatchMapping.MapRows(inputSchema, _mapper);
    }

    /// <inheritdoc/>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Check(input.Schema);
        return BatchMapping.Transform(input, _mapper);
    }

    /// <summary>Writes the model as an ONNX file that any ONNX runtime scores; its inputs and outputs keep the names that they have in the graph.</summary>
    /// <exception cref="ArgumentException">A normaliser to fold does not fit an input of the model.</exception>
    public void ExportOnnx(string path, OnnxExportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new OnnxExportOptions();
        using var model = Source.Load();
        var editor = new GraphEditor(model.Proto);
        foreach (var normalizer in options.FoldedNormalizers)
        {
            var inputs = _mapper.Inputs.Where((_, i) => Columns.Inputs[i].ColumnName == normalizer.ColumnName).ToArray();
            if (inputs.Length == 0)
            {
                throw new ArgumentException($"Column '{normalizer.ColumnName}' does not feed the model, so its normaliser can't be folded. It is fed by: {string.Join(", ", Columns.Inputs.Select(input => $"'{input.ColumnName}'"))}.", nameof(options));
            }
            foreach (var input in inputs)
            {
                NormalizerFolding.Fold(editor, normalizer, input);
            }
        }
        model.Save(path, options.File);
    }

    /// <summary>Saves a chain of ML.NET's own transformers that does the same.</summary>
    /// <exception cref="NotSupportedException">The model is too large to be embedded; the message names the file to ship.</exception>
    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        using var chain = new SavedChain(Source, Columns, _mapper, _inputSchema);
        chain.Save(ctx);
    }

    /// <summary>Frees the native session. Whoever still scores with this transformer opens it again.</summary>
    public void Dispose() => _session.Close();

    // Shapes were settled when it was fitted: a column must still have the type that it had then.
    private void Check(DataViewSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        Columns.Check(_mapper.Signature, schema);
        foreach (var fitted in _inputSchema)
        {
            var found = FoundColumn.In(schema, fitted.Name, "feeds the model");
            var needed = FoundColumn.In(_inputSchema, fitted.Name, "feeds the model");
            if (found.Length != needed.Length)
            {
                throw new ArgumentException($"Column '{fitted.Name}' is {found}; it was {needed} when the model was fitted. Give it the same length.");
            }
        }
    }

    private static DataViewSchema KeepInputs(DataViewSchema schema, OnnxColumns columns)
    {
        var builder = new DataViewSchema.Builder();
        foreach (string name in columns.Inputs.Select(input => input.ColumnName).Distinct())
        {
            builder.AddColumn(name, schema[name].Type);
        }
        return builder.ToSchema();
    }
}
