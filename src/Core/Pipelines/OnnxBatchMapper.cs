// SPDX-License-Identifier: MIT
using Microsoft.ML;
using MLNetExtensions.Onnx.Running;

namespace MLNetExtensions.Pipelines;

/// <summary>The mapping of rows that a model computes, with all shapes known.</summary>
internal sealed class OnnxBatchMapper : IBatchMapper
{
    // Rows as large as photographs gain nothing from hundreds of them at once, and a cursor holds its batch in memory.
    private const long LargestBuffers = 64L << 20;

    private readonly ReopenableSession _session;
    private readonly OnnxColumns _columns;
    private readonly OnnxScoringOptions _options;
    private readonly IReadOnlyList<Tensor> _inputs;
    private readonly IReadOnlyList<Tensor> _outputs;

    private OnnxBatchMapper(ReopenableSession session, OnnxColumns columns, OnnxScoringOptions options, OnnxSignature signature, bool canBatch, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs)
    {
        _session = session;
        _columns = columns;
        _options = options;
        _inputs = inputs;
        _outputs = outputs;
        Signature = signature;
        CanBatch = canBatch;
        BatchSize = canBatch ? (int)Math.Clamp(LargestBuffers / inputs.Concat(outputs).Sum(BytesPerRow), 1, options.BatchSize) : 1;
        InputColumns = [.. columns.Inputs.Select(input => input.ColumnName)];
        OutputColumns = [.. columns.Outputs.Select((output, i) => OnnxColumns.OutputColumnOf(output, signature, DimensionsOf(outputs[i])))];
    }

    /// <summary>A tensor of the model, with the shape of one row.</summary>
    public sealed record Tensor(OnnxTensorInfo Info, long[] RowShape);

    public OnnxSignature Signature { get; }

    public bool CanBatch { get; }

    public IReadOnlyList<string> InputColumns { get; }

    public IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns { get; }

    public int BatchSize { get; }

    /// <summary>The shapes that one row has in the model, the batch dimension of 1 included: what the saved face declares.</summary>
    public long[] FullShapeOf(Tensor tensor) => CanBatch ? [1, .. tensor.RowShape] : tensor.RowShape;

    public IReadOnlyList<Tensor> Inputs => _inputs;

    public IReadOnlyList<Tensor> Outputs => _outputs;

    public static OnnxBatchMapper Create(ReopenableSession session, OnnxColumns columns, OnnxScoringOptions options, DataViewSchema inputSchema)
    {
        using var lease = session.Acquire();
        var signature = OnnxSignature.Of(lease.Session);
        columns.Check(signature, inputSchema);
        var inputs = columns.Inputs.Select(input =>
        {
            var info = OnnxColumns.InputInfo(signature, input.ModelInput);
            var column = FoundColumn.In(inputSchema, input.ColumnName, $"feeds the model input '{info.Name}'");
            return (Info: info, Shape: OnnxRowShape.Resolve(info, column, column.Length!.Value));
        }).ToArray();
        options.CancellationToken.ThrowIfCancellationRequested();
        var (canBatch, shapes) = BatchProbe.Run(lease.Session, inputs, [.. columns.Outputs.Select(output => output.ModelOutput)], options.BatchSize > 1);
        var outputs = columns.Outputs.Select((output, i) => new Tensor(OnnxColumns.OutputInfo(signature, output.ModelOutput), shapes[i])).ToArray();
        for (int i = 0; i < outputs.Length; i++)
        {
            CheckLength(columns.Outputs[i], outputs[i]);
        }
        return new OnnxBatchMapper(session, columns, options, signature, canBatch, [.. inputs.Select(input => new Tensor(input.Info, canBatch ? input.Shape[1..] : input.Shape))], outputs);
    }

    public IBatchScorer CreateScorer(DataViewRow row, IReadOnlyList<bool> activeOutputs, int capacity)
    {
        var lease = _session.Acquire();
        try
        {
            TensorBuffer[] inputs = [.. _inputs.Select(tensor => BufferOf(tensor, capacity))];
            Dictionary<string, TensorBuffer> outputs = [];
            for (int i = 0; i < _outputs.Count; i++)
            {
                if (activeOutputs[i])
                {
                    outputs.TryAdd(_outputs[i].Info.Name, BufferOf(_outputs[i], capacity));
                }
            }
            InputFeed[] feeds = [.. InputColumns.Select((name, i) => InputFeed.Create(row, row.Schema[name], inputs[i]))];
            return new OnnxBatchScorer(lease, feeds, inputs, outputs, _columns.Outputs, _options, capacity);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    private TensorBuffer BufferOf(Tensor tensor, int capacity) => TensorBuffer.Create(tensor.Info.Name, tensor.Info.ElementType, tensor.RowShape, capacity, CanBatch);

    private static long BytesPerRow(Tensor tensor) => tensor.RowShape.Aggregate((long)sizeof(double), (product, d) => product * d);

    private int[] DimensionsOf(Tensor tensor) => OnnxRowShape.ToDimensions(FullShapeOf(tensor));

    private static void CheckLength(OnnxOutputColumn column, Tensor output)
    {
        long length = output.RowShape.Aggregate(1L, (product, d) => product * d);
        if (column.Kind != OnnxOutputKind.Tensor && length != 1)
        {
            throw new ArgumentException($"The model output '{output.Info.Name}' has {length} elements per row; the {column.Kind} column '{column.ColumnName}' needs one. Make it a Tensor column.");
        }
        if (column.SlotNames is { } names && names.Count != length)
        {
            throw new ArgumentException($"The model output '{output.Info.Name}' has {length} elements per row; column '{column.ColumnName}' was given {names.Count} slot names. Give one name per element.");
        }
        if (length == 0)
        {
            throw new ArgumentException($"The model output '{output.Info.Name}' is empty, so it can't become the column '{column.ColumnName}'. Leave it out.");
        }
    }
}
