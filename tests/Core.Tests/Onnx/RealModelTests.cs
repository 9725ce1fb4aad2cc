// SPDX-License-Identifier: MIT
using Google.Protobuf;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.TestUtilities;

namespace MLNetExtensions.Core.Tests.Onnx;

public sealed class RealModelTests
{
    public static TheoryData<string> Models()
    {
        var models = new TheoryData<string>();
        if (RealData.Folder is not null)
        {
            foreach (string set in new[] { "onnx", "onnx-node-quant" })
            {
                foreach (string file in Directory.GetFiles(RealData.PathOf(set), "*.onnx", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                {
                    models.Add(Path.GetRelativePath(RealData.Folder, file));
                }
            }
        }
        else
        {
            models.Add("none");
        }
        return models;
    }

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
