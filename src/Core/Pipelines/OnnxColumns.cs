// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime.Tensors;
using MLNetExtensions.Onnx.Running;

namespace MLNetExtensions.Pipelines;

/// <summary>How a model's inputs and outputs meet the columns of a pipeline, and the checks that they can.</summary>
/// <remarks>An estimator calls <c>Promise</c> in <c>GetOutputSchema</c> and <c>Check</c> in <c>Fit</c>: bad input fails in both, with the same words.</remarks>
public sealed class OnnxColumns
{
    /// <summary>Every output of the model becomes a column.</summary>
    public OnnxColumns(IEnumerable<OnnxInputColumn> inputs, IEnumerable<OnnxOutputColumn> outputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        Inputs = [.. inputs];
        Outputs = [.. outputs];
        if (Outputs.Count == 0)
        {
            throw new ArgumentException("No output of the model becomes a column. Name at least one.", nameof(outputs));
        }
        Refuse(Inputs.GroupBy(input => input.ModelInput), "The model input '{0}' is fed twice. Name it once.");
        Refuse(Outputs.GroupBy(output => output.ColumnName), "Two outputs become the column '{0}'. Give each a name of its own.");
    }

    /// <summary>Which column feeds which input.</summary>
    public IReadOnlyList<OnnxInputColumn> Inputs { get; }

    /// <summary>Which output becomes which column, in the order of the columns.</summary>
    public IReadOnlyList<OnnxOutputColumn> Outputs { get; }

    /// <summary>Each input of the model reads the column of its own name, each output becomes the vector column of its own name.</summary>
    public static OnnxColumns ByName(OnnxSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        return new OnnxColumns(
            signature.Inputs.Select(input => new OnnxInputColumn(input.Name, input.Name)),
            signature.Outputs.Select(output => OnnxOutputColumn.Tensor(output.Name, output.Name)));
    }

    /// <summary>The promised schema after scoring.</summary>
    /// <exception cref="ArgumentException">The columns or the model can't meet as described.</exception>
    public SchemaShape Promise(OnnxSignature signature, SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(signature);
        ArgumentNullException.ThrowIfNull(inputSchema);
        Check(signature, (name, need) => FoundColumn.In(inputSchema, name, need));
        return SchemaShapes.Append(inputSchema, Outputs.Select(output => SchemaShapes.ColumnOf(OutputColumnOf(output, signature, [1]))));
    }

    /// <summary>Checks the columns of a schema that is there.</summary>
    /// <exception cref="ArgumentException">The columns or the model can't meet as described.</exception>
    public void Check(OnnxSignature signature, DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(signature);
        ArgumentNullException.ThrowIfNull(inputSchema);
        Check(signature, (name, need) => FoundColumn.In(inputSchema, name, need));
    }

    internal static OnnxTensorInfo InputInfo(OnnxSignature signature, string name) => Named(signature, signature.Inputs, name, "input");

    internal static OnnxTensorInfo OutputInfo(OnnxSignature signature, string name) => Named(signature, signature.Outputs, name, "output");

    /// <summary>The column that an output becomes; the shape is that of one row, as ML.NET writes it.</summary>
    internal static DataViewSchema.DetachedColumn OutputColumnOf(OnnxOutputColumn output, OnnxSignature signature, int[] shape)
    {
        var item = ColumnTypes.ItemTypeOf(OutputInfo(signature, output.ModelOutput).ElementType)!;
        return output.Kind switch
        {
            OnnxOutputKind.Scalar => new(output.ColumnName, item),
            OnnxOutputKind.Boolean => new(output.ColumnName, BooleanDataViewType.Instance),
            OnnxOutputKind.Key => new(output.ColumnName, output.Classes!.KeyType, output.Classes.ToAnnotations()),
            _ => new(output.ColumnName, new VectorDataViewType(item, shape), SlotNames.Annotate(output.SlotNames)),
        };
    }

    private void Check(OnnxSignature signature, Func<string, string, FoundColumn> find)
    {
        foreach (var input in Inputs)
        {
            var info = InputInfo(signature, input.ModelInput);
            var column = find(input.ColumnName, $"feeds the model input '{info.Name}'");
            OnnxRowShape.Check(info, column);
        }
        if (signature.Inputs.FirstOrDefault(info => Inputs.All(input => input.ModelInput != info.Name)) is { } unfed)
        {
            throw new ArgumentException($"No column feeds the input {unfed} of '{signature.Model}'. Map a column to it.");
        }
        foreach (var output in Outputs)
        {
            CheckOutput(OutputInfo(signature, output.ModelOutput), output);
        }
    }

    private static void CheckOutput(OnnxTensorInfo info, OnnxOutputColumn output)
    {
        string? need = output.Kind switch
        {
            _ when !info.IsTensor || ColumnTypes.ItemTypeOf(info.ElementType) is null => "numbers or booleans that ML.NET has a column type for; put a Cast node to float behind it, or leave it out",
            OnnxOutputKind.Boolean when info.ElementType is not (TensorElementType.Bool or TensorElementType.Int64) => "booleans or 64-bit integers",
            OnnxOutputKind.Key when info.ElementType is not TensorElementType.Int64 => "64-bit integers: class indices from 0",
            OnnxOutputKind.Scalar when info.ElementType is not (TensorElementType.Float or TensorElementType.Double) => "floating-point numbers",
            _ => null,
        };
        if (need is not null)
        {
            throw new ArgumentException($"The model output {info} can't become the {output.Kind} column '{output.ColumnName}', which needs {need}.");
        }
    }

    private static OnnxTensorInfo Named(OnnxSignature signature, IReadOnlyList<OnnxTensorInfo> list, string name, string what) =>
        list.FirstOrDefault(info => info.Name == name)
        ?? throw new ArgumentException($"'{signature.Model}' has no {what} '{name}'. Its {what}s are: {string.Join(", ", list)}. Name one of them.");

    private static void Refuse<T>(IEnumerable<IGrouping<string, T>> groups, string message)
    {
        if (groups.FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException(message.Replace("{0}", twice.Key, StringComparison.Ordinal));
        }
    }
}
