// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>Scores an ONNX model row by row.</summary>
[TransformerLoader("OnnxTransform")]
public sealed class OnnxTransformer : RowToRowTransformerBase, IDisposable
{
    private readonly OnnxModelOptions _options;

    internal OnnxTransformer(OnnxModelSession model, OnnxModelOptions options, string[] outputs, string[] inputs)
    {
        Model = model;
        _options = options;
        InputNames = inputs ?? [.. model.Inputs.Select(t => t.Name)];
        OutputNames = outputs ?? [.. model.Outputs.Select(t => t.Name)];
        try
        {
            Array.ForEach(OutputNames, name => model.Output(name));
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    internal OnnxModelSession Model { get; }

    internal string[] InputNames { get; }

    internal string[] OutputNames { get; }

    public void Dispose() => Model.Dispose();

    internal static OnnxTransformer Load(ModelLoadContext context)
    {
        Dictionary<string, int[]> shapes = context.State["Shapes"] is { } node ? ModelFormat.FromJson<Dictionary<string, int[]>>(node) : null;
        var options = new OnnxModelOptions(shapes);
        return new OnnxTransformer(
            OnnxModelSession.OpenBytes(context.ReadEntry("OnnxModel"), options),
            options,
            ModelFormat.FromJson<string[]>(context.State["Outputs"]),
            ModelFormat.FromJson<string[]>(context.State["Inputs"]));
    }

    internal override RowMapper MakeRowMapper(DataViewSchema inputSchema)
    {
        OnnxInput[] inputs = [.. InputNames.Select(name => OnnxInput.Bind(inputSchema, Model.Input(name)))];
        return new OnnxRowMapper(Model, inputSchema, inputs, [.. OutputNames.Select(Model.Output)]);
    }

    internal override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetState("OnnxTransform", new JsonObject
        {
            ["Inputs"] = ModelFormat.ToJson(InputNames),
            ["Outputs"] = ModelFormat.ToJson(OutputNames),
            ["Shapes"] = _options.Shapes is null ? null : ModelFormat.ToJson(new Dictionary<string, int[]>(_options.Shapes)),
        });
        ctx.WriteEntry("OnnxModel", stream => stream.Write(Model.Bytes));
    }
}
