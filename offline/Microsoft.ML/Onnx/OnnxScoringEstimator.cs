// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;
using Kind = Microsoft.ML.SchemaShape.Column.VectorKind;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>Scores an ONNX model.</summary>
public sealed class OnnxScoringEstimator : TrivialEstimator<OnnxTransformer>
{
    internal OnnxScoringEstimator(OnnxTransformer transformer)
        : base(transformer)
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        foreach (string name in Transformer.InputNames)
        {
            SchemaShape.Column column = inputSchema.Required(name);
            OnnxTensor tensor = Transformer.Model.Input(name);
            tensor.CheckRank();
            if (column.ItemType.RawType != tensor.Item.RawType)
            {
                string found = column.IsKey && column.Kind == Kind.Scalar ? column.ItemType.ToString() : column.TypeText();
                throw InputColumns.Mismatch(name, tensor.Item.ToString(), found);
            }
        }

        // The names that the graph gives, suffixes included: so do the real packages.
        return inputSchema.With([.. Transformer.OutputNames.Select(Transformer.Model.Output)
            .Select(t => new SchemaShape.Column(t.Name, t.Dimensions.Length == 0 ? Kind.Scalar : t.IsKnown ? Kind.Vector : Kind.VariableVector, t.Item, false))]);
    }
}
