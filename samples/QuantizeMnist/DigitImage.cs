// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Samples.QuantizeMnist;

/// <summary>One row of the data view: pixels in [0, 1] by rows, and the digit they show.</summary>
internal sealed class DigitImage
{
    public float[] Pixels { get; set; } = [];

    public int Digit { get; set; }
}
