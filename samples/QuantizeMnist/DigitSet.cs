// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Samples.QuantizeMnist;

/// <summary>Labelled images of one size.</summary>
internal sealed record DigitSet(string Name, int PixelCount, DigitImage[] Images)
{
    /// <summary>The images as a data view with the vector column <c>Pixels</c>.</summary>
    public IDataView Load(MLContext ml)
    {
        var schema = SchemaDefinition.Create(typeof(DigitImage));
        schema[nameof(DigitImage.Pixels)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, PixelCount);
        return ml.Data.LoadFromEnumerable(Images, schema);
    }

    /// <summary>The share of rows whose highest score is the digit's.</summary>
    public double Accuracy(IEnumerable<float[]> scores) =>
        scores.Zip(Images).Average(pair => pair.First.AsSpan().IndexOf(pair.First.Max()) == pair.Second.Digit ? 1.0 : 0.0);
}
