// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using MLNetExtensions.Onnx;
using MLNetExtensions.Quantization.Planning;
using MLNetExtensions.Quantization.Weights;

namespace MLNetExtensions.Quantization.Emission;

/// <summary>Reads the weights of a tensor, and refuses those that are no numbers.</summary>
internal static class WeightReader
{
    public static float[] Read(OnnxModel model, WeightTensor weight, Arrangement? arrangement)
    {
        float[] weights = GC.AllocateUninitializedArray<float>((int)weight.Elements);
        TensorElements.ReadSingles(weight.Tensor, model.DataOf(weight.Tensor), 0, weights);
        if (!float.IsFinite(TensorPrimitives.MaxMagnitude<float>(weights)))
        {
            int at = Array.FindIndex(weights, value => !float.IsFinite(value));
            throw new OnnxQuantizationException(weight.Name, $"element {at} is {weights[at]}; only finite weights can be quantized. Repair the model, or exclude the tensor.");
        }
        return arrangement is null ? weights : arrangement.Apply(weights);
    }
}
