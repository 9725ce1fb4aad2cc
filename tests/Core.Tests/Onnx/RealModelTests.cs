// SPDX-License-Identifier: MIT
using Google.Protobuf;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.TestUtilities;

namespace MLNetExtensions.Core.Tests.Onnx;

public sealed class RealModelTests
{
    // A theory without a single case fails, so there is one even where it will be skipped.
    public static TheoryData<string> Models() => RealData.Folder is null ? ["none"] : [.. Files()];

    /// <summary>All real models, relative to the data folder.</summary>
    public static IEnumerable<string> Files() =>
        from set in new[] { "onnx", "onnx-node-quant" }
        from file in Directory.GetFiles(RealData.PathOf(set), "*.onnx", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        select Path.GetRelativePath(RealData.Folder!, file);

    [RealDataTheory]
    [MemberData(nameof(Models))]
    public void A_model_is_written_back_with_nothing_lost(string file)
    {
        byte[] original = File.ReadAllBytes(RealData.PathOf(file));
        var expected = ModelProto.Parser.ParseFrom(original);

        using var model = OnnxModel.Load(RealData.PathOf(file));
        byte[] written = model.ToBytes();

        Assert.Equal(expected, ModelProto.Parser.ParseFrom(written));
        // Whoever wrote the fields in the order of their numbers gets the same bytes back.
        if (expected.ToByteArray().AsSpan().SequenceEqual(original))
        {
            Assert.Equal(original, written);
        }
        else
        {
            Assert.Equal(expected.ToByteArray(), written);
        }
    }
}
