// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Pipelines;
using MLNetExtensions.Quantization.Reports;

namespace MLNetExtensions.Quantization;

/// <summary>A quantized ONNX model as a transformer, with the report of its quantization.</summary>
/// <remarks>It scores in batches in process, and is saved as transformers of ML.NET's own; see <see cref="OnnxModelTransformer"/>. Saving does not keep the report.</remarks>
public sealed class QuantizedOnnxTransformer : ITransformer, IDisposable
{
    private readonly OnnxModelTransformer _model;

    internal QuantizedOnnxTransformer(OnnxModelTransformer model, QuantizationReport report)
    {
        _model = model;
        Report = report;
    }

    /// <summary>What became of each tensor, and how ONNX Runtime runs it.</summary>
    public QuantizationReport Report { get; }

    /// <summary>The quantized model.</summary>
    public OnnxModelSource Source => _model.Source;

    /// <summary>Which columns feed the model, which columns it gives.</summary>
    public OnnxColumns Columns => _model.Columns;

    /// <inheritdoc/>
    public bool IsRowToRowMapper => _model.IsRowToRowMapper;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _model.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => _model.GetRowToRowMapper(inputSchema);

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => _model.Transform(input);

    /// <summary>Writes the quantized model as an ONNX file.</summary>
    public void ExportOnnx(string path, OnnxExportOptions? options = null) => _model.ExportOnnx(path, options);

    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)_model).Save(ctx);

    /// <summary>Frees the native session. Whoever still scores with this transformer opens it again.</summary>
    public void Dispose() => _model.Dispose();
}
