// SPDX-License-Identifier: MIT
using System.Text;

namespace Microsoft.ML.StandIn;

/// <summary>What an ONNX file says that ONNX Runtime does not tell: the types of its initializers, and names of slots.</summary>
internal sealed class OnnxGraphFacts
{
    private OnnxGraphFacts()
    {
    }

    /// <summary>The ONNX type numbers of the main graph's initializers.</summary>
    internal List<int> InitializerTypes { get; } = [];

    /// <summary>The slot names that nodes called mlnet.COLUMN.SlotNames carry, by column.</summary>
    internal Dictionary<string, string[]> SlotNames { get; } = [];

    /// <summary>The dimensions of outputs as the file states them, -1 where it names none; ONNX Runtime may have inferred more.</summary>
    internal Dictionary<string, int[]> OutputDimensions { get; } = [];

    internal static OnnxGraphFacts Read(ReadOnlySpan<byte> model)
    {
        var facts = new OnnxGraphFacts();
        var fields = new WireReader(model);
        while (fields.Next())
        {
            if (fields.Field == 7)
            {
                facts.ReadGraph(fields.Bytes);
            }
        }

        return facts;
    }

    private void ReadGraph(ReadOnlySpan<byte> graph)
    {
        var fields = new WireReader(graph);
        while (fields.Next())
        {
            if (fields.Field == 1)
            {
                ReadNode(fields.Bytes);
            }
            else if (fields.Field == 5)
            {
                ReadTensor(fields.Bytes);
            }
            else if (fields.Field == 12)
            {
                ReadOutput(fields.Bytes);
            }
        }
    }

    private void ReadOutput(ReadOnlySpan<byte> valueInfo)
    {
        ReadOnlySpan<byte> name = Message(valueInfo, 1), shape = Message(Message(Message(valueInfo, 2), 1), 2);
        if (shape.IsEmpty)
        {
            return;
        }

        var dimensions = new List<int>();
        var fields = new WireReader(shape);
        while (fields.Next())
        {
            int size = -1;
            var dimension = new WireReader(fields.Bytes);
            while (dimension.Next())
            {
                size = dimension.Field == 1 ? (int)dimension.Number : size;
            }

            dimensions.Add(size);
        }

        OutputDimensions[Encoding.UTF8.GetString(name)] = [.. dimensions];
    }

    /// <summary>The last field of this number, empty where there is none.</summary>
    private static ReadOnlySpan<byte> Message(ReadOnlySpan<byte> message, int field)
    {
        ReadOnlySpan<byte> found = default;
        var fields = new WireReader(message);
        while (fields.Next())
        {
            found = fields.Field == field ? fields.Bytes : found;
        }

        return found;
    }

    private void ReadTensor(ReadOnlySpan<byte> tensor)
    {
        var fields = new WireReader(tensor);
        while (fields.Next())
        {
            if (fields.Field == 2)
            {
                InitializerTypes.Add((int)fields.Number);
            }
        }
    }

    private void ReadNode(ReadOnlySpan<byte> node)
    {
        const string Prefix = "mlnet.", Suffix = ".SlotNames";
        string name = "";
        string[] keys = null;
        var fields = new WireReader(node);
        while (fields.Next())
        {
            if (fields.Field == 3)
            {
                name = Encoding.UTF8.GetString(fields.Bytes);
            }
            else if (fields.Field == 5)
            {
                keys ??= KeysOf(fields.Bytes);
            }
        }

        if (keys is not null && name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal) && name.Length > Prefix.Length + Suffix.Length)
        {
            SlotNames[name[Prefix.Length..^Suffix.Length]] = keys;
        }
    }

    private static string[] KeysOf(ReadOnlySpan<byte> attribute)
    {
        bool isKeys = false;
        var strings = new List<string>();
        var fields = new WireReader(attribute);
        while (fields.Next())
        {
            if (fields.Field == 1)
            {
                isKeys = fields.Bytes.SequenceEqual("keys_strings"u8);
            }
            else if (fields.Field == 9)
            {
                strings.Add(Encoding.UTF8.GetString(fields.Bytes));
            }
        }

        return isKeys ? [.. strings] : null;
    }
}
