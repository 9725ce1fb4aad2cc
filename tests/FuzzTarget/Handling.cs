// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.Quantization;

namespace MLNetExtensions.FuzzTarget;

/// <summary>Everything that can be done with one model.</summary>
internal static class Handling
{
    public static (string Outcome, string Message) Of(string file, string outputFolder)
    {
        string target = Path.Combine(outputFolder, "copy.onnx");
        // Each on its own: what one refuses, another may get further with.
        Action[] uses =
        [
            () => Inspect(file),
            () => SaveAgain(file, target),
            () => Quantize(file, target, new OnnxQuantizationOptions { MaxDegreeOfParallelism = 1 }),
            () => Quantize(file, target, new OnnxQuantizationOptions { MaxDegreeOfParallelism = 1, Format = QuantizationFormat.MatMulNBits, Form = QuantizationForm.Asymmetric, BlockSize = 16 }),
        ];
        string? refusal = null;
        foreach (var use in uses)
        {
            try
            {
                use();
            }
            catch (Exception error) when (error is OnnxFormatException or OnnxQuantizationException)
            {
                refusal ??= error.Message;
            }
#pragma warning disable CA1031 // Whatever it is, the test is to hear of it and the next model to be tried.
            catch (Exception error)
#pragma warning restore CA1031
            {
                return ("crashed", error.ToString());
            }
            if (Directory.EnumerateFileSystemEntries(outputFolder).FirstOrDefault() is { } left)
            {
                return ("crashed", $"left {left} behind");
            }
        }
        return refusal is null ? ("accepted", "") : ("refused", refusal);
    }

    private static void Inspect(string file)
    {
        using var model = OnnxModel.Load(file);
        byte[] buffer = new byte[1 << 12];
        OnnxChecker.Check(model);
        OnnxVersions.IrVersionFor(model.Proto);
        var editor = new GraphEditor(model.Proto);
        editor.UniqueName("fresh");
        foreach (var graph in GraphWalk.Graphs(model.Proto))
        {
            foreach (var tensor in graph.Initializer)
            {
                GraphEditor.IsUsed(graph, tensor.Name);
            }
        }
        foreach (var tensor in GraphWalk.Tensors(model.Proto).Where(tensor => tensor.DataType != (int)TensorProto.Types.DataType.String))
        {
            try
            {
                var data = model.DataOf(tensor);
                data.Read(0, buffer.AsSpan(0, (int)Math.Min(buffer.Length, data.ByteLength)));
            }
            catch (OnnxFormatException)
            {
                // A damaged tensor does not keep the others from being looked at.
            }
        }
    }

    // What was accepted can be written, and is accepted again, the same.
    private static void SaveAgain(string file, string copy)
    {
        try
        {
            using var model = OnnxModel.Load(file);
            model.Save(copy);
            byte[] bytes = model.ToBytes();
            using var back = OnnxModel.Load(copy);
            if (!bytes.AsSpan().SequenceEqual(back.ToBytes()) || !bytes.AsSpan().SequenceEqual(File.ReadAllBytes(copy)))
            {
                throw new InvalidDataException("the model changes when it is written");
            }
            model.Save(copy, new OnnxSaveOptions { ExternalData = ExternalDataUse.Always });
            OnnxModel.Load(copy).Dispose();
        }
        finally
        {
            File.Delete(copy);
            File.Delete(copy + ".data");
        }
    }

    private static void Quantize(string file, string target, OnnxQuantizationOptions options)
    {
        try
        {
            OnnxQuantizer.Quantize(file, target, options);
            OnnxModel.Load(target).Dispose();
        }
        finally
        {
            File.Delete(target);
        }
    }
}
