// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.IO.Compression;
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Benchmarks.Data;

/// <summary>MNIST images.</summary>
/// <param name="Pixels">One image after the other, 784 values in [0, 1] each.</param>
/// <param name="Labels">The digit of each image.</param>
public sealed record MnistImages(float[][] Pixels, byte[] Labels)
{
    /// <summary>Pixels of an image.</summary>
    public const int Size = 784;

    /// <summary>Digits.</summary>
    public const int Classes = 10;

    /// <summary>Reads the 60 000 training images.</summary>
    public static MnistImages ReadTraining() => Read("mnist/train");

    /// <summary>Reads the 10 000 test images.</summary>
    public static MnistImages ReadTest() => Read("mnist/t10k");

    /// <summary>The images as rows of a trainer.</summary>
    public TrainingRows ToRows()
    {
        float[] values = new float[Pixels.Length * Size];
        for (int i = 0; i < Pixels.Length; i++)
        {
            Pixels[i].CopyTo(values, i * Size);
        }
        return TrainingRows.Dense(values, Size, Array.ConvertAll(Labels, digit => (float)digit));
    }

    private static MnistImages Read(string set)
    {
        byte[] images = Unzip(set + "-images-idx3-ubyte.gz"), labels = Unzip(set + "-labels-idx1-ubyte.gz");
        float[][] pixels = new float[BinaryPrimitives.ReadInt32BigEndian(images.AsSpan(4))][];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = Array.ConvertAll(images.AsSpan(16 + (i * Size), Size).ToArray(), pixel => pixel / 255f);
        }
        return new MnistImages(pixels, labels[8..]);
    }

    private static byte[] Unzip(string relative)
    {
        using var zip = new GZipStream(File.OpenRead(DataFolder.PathOf(relative)), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        zip.CopyTo(bytes);
        return bytes.ToArray();
    }
}
