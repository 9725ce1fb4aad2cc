// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Samples.QuantizeMnist;

/// <summary>Ten noisy 12 x 12 glyphs, for machines without the MNIST files: shifted by a pixel, scaled in contrast, blurred by noise.</summary>
internal static class SyntheticDigits
{
    public const int Side = 12;

    private static readonly string[] Glyphs =
    [
        ".####. #....# #....# #....# #....# #....# .####.",
        "..##.. .###.. ..##.. ..##.. ..##.. ..##.. .####.",
        ".####. #....# ....#. ...#.. ..#... .#.... ######",
        ".####. #....# .....# ..###. .....# #....# .####.",
        "....#. ...##. ..#.#. .#..#. ###### ....#. ....#.",
        "###### #..... #####. .....# .....# #....# .####.",
        ".####. #..... #..... #####. #....# #....# .####.",
        "###### .....# ....#. ...#.. ..#... ..#... ..#...",
        ".####. #....# #....# .####. #....# #....# .####.",
        ".####. #....# #....# .##### .....# .....# .####.",
    ];

    /// <summary>Draws labelled images, [count, 144] in [-1, 2], from a seed.</summary>
    public static DigitSet Draw(int count, int seed)
    {
        var random = new Random(seed);
        var images = new DigitImage[count];
        for (int i = 0; i < count; i++)
        {
            int digit = random.Next(Glyphs.Length);
            images[i] = new DigitImage { Pixels = Render(Glyphs[digit].Split(' '), random), Digit = digit };
        }
        return new DigitSet("synthetic digits", Side * Side, images);
    }

    private static float[] Render(string[] rows, Random random)
    {
        var pixels = new float[Side * Side];
        int top = random.Next(2, 4), left = random.Next(2, 5);
        float contrast = 0.6f + (0.4f * random.NextSingle());
        for (int y = 0; y < rows.Length; y++)
        {
            for (int x = 0; x < rows[y].Length; x++)
            {
                pixels[((top + y) * Side) + left + x] = rows[y][x] == '#' ? contrast : 0;
            }
        }
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] += 0.2f * Gaussian(random);
        }
        return pixels;
    }

    internal static float Gaussian(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
