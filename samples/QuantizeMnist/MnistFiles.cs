// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.IO.Compression;

namespace MLNetExtensions.Samples.QuantizeMnist;

/// <summary>Reads MNIST's gzipped idx files.</summary>
internal static class MnistFiles
{
    /// <summary>The 10 000 test images, or null where the data folder has none.</summary>
    public static DigitSet? LoadTestSet(string? dataFolder)
    {
        if (dataFolder is null || !File.Exists(Path.Combine(dataFolder, "mnist", "t10k-images-idx3-ubyte.gz")))
        {
            return null;
        }
        byte[] images = Unpack(Path.Combine(dataFolder, "mnist", "t10k-images-idx3-ubyte.gz"));
        byte[] labels = Unpack(Path.Combine(dataFolder, "mnist", "t10k-labels-idx1-ubyte.gz"));
        int count = BinaryPrimitives.ReadInt32BigEndian(images.AsSpan(4));
        int pixels = BinaryPrimitives.ReadInt32BigEndian(images.AsSpan(8)) * BinaryPrimitives.ReadInt32BigEndian(images.AsSpan(12));
        var set = new DigitImage[count];
        for (int i = 0; i < count; i++)
        {
            var row = new float[pixels];
            for (int p = 0; p < pixels; p++)
            {
                row[p] = images[16 + (i * pixels) + p] / 255f;
            }
            set[i] = new DigitImage { Pixels = row, Digit = labels[8 + i] };
        }
        return new DigitSet("MNIST test images", pixels, set);
    }

    /// <summary><c>MLNETX_DATA</c>, else <c>shared/data</c> beside the repository, else null.</summary>
    public static string? FindDataFolder()
    {
        if (Environment.GetEnvironmentVariable("MLNETX_DATA") is { Length: > 0 } chosen)
        {
            return chosen;
        }
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MLNet.props")))
            {
                string beside = Path.Combine(folder.FullName, "..", "shared", "data");
                return Directory.Exists(beside) ? beside : null;
            }
        }
        return null;
    }

    private static byte[] Unpack(string path)
    {
        using var unpacked = new MemoryStream();
        using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        gzip.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
