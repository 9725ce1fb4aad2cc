// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Pipelines.Saving;

/// <summary>The saved face: a chain of ML.NET's own transformers that gives the same columns as the fitted transformer.</summary>
/// <remarks>The model passes through a temporary file, which ML.NET reads when the chain is saved, and which is gone afterwards.</remarks>
internal sealed class SavedChain : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"mlnetx-{Guid.NewGuid():N}.onnx");
    private readonly TransformerChain<ITransformer> _chain;

    public SavedChain(OnnxModelSource source, OnnxColumns columns, OnnxBatchMapper mapper, DataViewSchema inputSchema)
    {
        SavedTensor[] inputs = [.. mapper.Inputs.Select((tensor, i) => new SavedTensor(SavedNames.Input(i), tensor.Info, mapper.FullShapeOf(tensor)))];
        SavedTensor[] outputs = [.. mapper.Outputs.Select((tensor, i) => new SavedTensor(SavedNames.Output(i), tensor.Info, mapper.FullShapeOf(tensor), columns.Outputs[i].SlotNames))];
        try
        {
            SavedGraph.Write(source, inputs, outputs, _path);
            _chain = Build(columns, inputs, outputs).Fit(new EmptyDataView(inputSchema));
        }
        catch
        {
            File.Delete(_path);
            throw;
        }
    }

    public void Save(ModelSaveContext context) => ((ICanSaveModel)_chain).Save(context);

    public void Dispose()
    {
        _chain.Dispose();
        File.Delete(_path);
    }

    private EstimatorChain<ITransformer> Build(OnnxColumns columns, SavedTensor[] inputs, SavedTensor[] outputs)
    {
        var context = new MLContext();
        var chain = new EstimatorChain<ITransformer>();
        List<string> temporaries = [.. inputs.Select(input => input.SavedName), .. outputs.Select(output => output.SavedName)];
        for (int i = 0; i < inputs.Length; i++)
        {
            chain = chain.Append<ITransformer>(context.Transforms.CopyColumns(inputs[i].SavedName, columns.Inputs[i].ColumnName));
        }
        chain = chain.Append<ITransformer>(context.Transforms.ApplyOnnxModel([.. outputs.Select(o => o.SavedName)], [.. inputs.Select(i => i.SavedName)], _path));
        for (int i = 0; i < outputs.Length; i++)
        {
            chain = SavedColumn.Append(context, chain, columns.Outputs[i], outputs[i], temporaries);
        }
        return chain.Append<ITransformer>(context.Transforms.DropColumns([.. temporaries.Distinct()]));
    }
}
