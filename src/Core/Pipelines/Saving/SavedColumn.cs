// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MLNetExtensions.Pipelines.Saving;

/// <summary>The steps of a saved chain that turn one tensor output into the user's column.</summary>
internal static class SavedColumn
{
    public static EstimatorChain<ITransformer> Append(MLContext context, EstimatorChain<ITransformer> chain, OnnxOutputColumn output, SavedTensor tensor, List<string> temporaries)
    {
        if (output.Kind == OnnxOutputKind.Tensor)
        {
            return chain.Append<ITransformer>(context.Transforms.CopyColumns(output.ColumnName, tensor.SavedName));
        }
        var (vector, scalar, mapping) = MappingOf(context, output.Kind, tensor.Info.ElementType);
        temporaries.Add(vector);
        temporaries.Add(scalar);
        chain = chain.Append<ITransformer>(context.Transforms.CopyColumns(vector, tensor.SavedName)).Append(mapping);
        if (output.Kind != OnnxOutputKind.Key)
        {
            return chain.Append<ITransformer>(context.Transforms.CopyColumns(output.ColumnName, scalar));
        }
        return chain.Append(output.Classes!.MapIndexToKey(context, output.ColumnName, scalar, SavedNames.ClassValue));
    }

    private static (string Vector, string Scalar, IEstimator<ITransformer> Mapping) MappingOf(MLContext context, OnnxOutputKind kind, TensorElementType type)
    {
        var transforms = context.Transforms;
        return (kind, type) switch
        {
            (OnnxOutputKind.Boolean, TensorElementType.Bool) => (SavedNames.BooleanVector, SavedNames.BooleanScalar,
                transforms.CustomMapping<BooleanVector, BooleanScalar>(BooleanToScalar.Map, BooleanToScalar.Contract)),
            (OnnxOutputKind.Boolean, _) => (SavedNames.Int64Vector, SavedNames.BooleanScalar,
                transforms.CustomMapping<Int64Vector, BooleanScalar>(Int64ToBoolean.Map, Int64ToBoolean.Contract)),
            (OnnxOutputKind.Key, _) => (SavedNames.Int64Vector, SavedNames.Int64Scalar,
                transforms.CustomMapping<Int64Vector, Int64Scalar>(Int64ToScalar.Map, Int64ToScalar.Contract)),
            (_, TensorElementType.Double) => (SavedNames.DoubleVector, SavedNames.DoubleScalar,
                transforms.CustomMapping<DoubleVector, DoubleScalar>(DoubleToScalar.Map, DoubleToScalar.Contract)),
            _ => (SavedNames.SingleVector, SavedNames.SingleScalar,
                transforms.CustomMapping<SingleVector, SingleScalar>(SingleToScalar.Map, SingleToScalar.Contract)),
        };
    }
}
