// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.IO.Compression;

namespace MLNetExtensions.Benchmarks.Data;

/// <summary>The MNIST test images, from the folder of real data sets: <c>MLNETX_DATA</c>, else <c>shared/data</c> beside the repository.</summary>
/// <param name="Pixels">One image after the other, 784 values in [0, 1] each.</param>
/// <param name="Labels">The digit of each image.</param>
public sealed record MnistImages(float[][] Pixels, byte[] Labels)
{
    /// <summary>Pixels of an image.</summary>
    public const int Size = 784;

    /// <summary>A file of the data folder.</summary>
    /// <exception cref="FileNotFoundException">There is no data folder, or no such file in it.</exception>
    public static string PathOf(string relative)
    {
        string folder = Environment.GetEnvironmentVariable("MLNETX_DATA") is { Length: > 0 } chosen ? chosen : Path.Combine(Root(), "..", "shared", "data");
        string path = Path.GetFullPath(Path.Combine(folder, relative));
        return File.Exists(path) ? path : throw new FileNotFoundException($"This benchmark runs on real data, and '{path}' does not exist. Set MLNETX_DATA or put the data sets in ../shared/data.", path);
    }

    /// <summary>Reads the 10 000 test images.</summary>
    public static MnistImages ReadTest()
    {
        byte[] images = Unzip("mnist/t10k-images-idx3-ubyte.gz"), labels = Unzip("mnist/t10k-labels-idx1-ubyte.gz");
        int count = BinaryPrimitives.ReadInt32BigEndian(images.AsSpan(4));
        float[][] pixels = [.. Enumerable.Range(0, count).Select(i => images.AsSpan(16 + i * Size, Size).ToArray().Select(pixel => pixel / 255f).ToArray())];
        return new MnistImages(pixels, labels[8..]);
    }

    private static byte[] Unzip(string relative)
    {
        using var zip = new GZipStream(File.OpenRead(PathOf(relative)), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        zip.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MLNet.props")))
            {
                return folder.FullName;
            }
        }
        return ".";
    }
}
