// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Text;

namespace MLNetExtensions.Core.Tests.Onnx.Fuzzing;

/// <summary>Damages models as accidents and attackers would, the same way for the same seed.</summary>
internal sealed class ModelMutator(int seed)
{
    private static readonly ulong[] Extremes =
        [0, 1, 0x7F, 0x80, 0xFFFF, int.MaxValue, 1UL << 31, uint.MaxValue, 1UL << 32, 1UL << 40, long.MaxValue, 1UL << 63, ulong.MaxValue - 1, ulong.MaxValue];

    private static readonly string[] Locations = ["../../etc/passwd", "/dev/zero", "/dev/stdin", ".", "..", "a/../../b", "C:\\x", "\\\\x\\y", "shared.data/x", "nothing.data", "\0", ""];

    private readonly Random _random = new(seed);

    public byte[] Mutate(byte[] model)
    {
        byte[] mutated = model;
        for (int i = _random.Next(1, 4); i > 0; i--)
        {
            mutated = Once(mutated);
        }
        return mutated;
    }

    private byte[] Once(byte[] model)
    {
        var fields = WireMap.Of(model);
        if (model.Length == 0 || fields.Count == 0)
        {
            return model;
        }
        return _random.Next(10) switch
        {
            0 => model[.._random.Next(model.Length)],
            1 => FlipBits(model),
            2 => ReplaceNumber(model, Pick(fields, field => field.IsLength), Extreme()),
            3 => ReplaceNumber(model, Pick(fields, field => !field.IsLength), Extreme()),
            4 => Overlong(model, Pick(fields, _ => true)),
            5 => Insert(model, Pick(fields, field => field.IsLength), Nest(_random.Next(1, 400))),
            6 => Insert(model, Pick(fields, field => field.IsLength), Groups(_random.Next(1, 3000))),
            7 => Duplicate(model, Pick(fields, _ => true)),
            8 => Cut(model, Pick(fields, _ => true)),
            _ => Insert(model, Pick(fields, field => field.IsLength), External()),
        };
    }

    private byte[] FlipBits(byte[] model)
    {
        byte[] mutated = [.. model];
        for (int i = _random.Next(1, 17); i > 0; i--)
        {
            mutated[_random.Next(mutated.Length)] ^= (byte)(1 << _random.Next(8));
        }
        return mutated;
    }

    private static byte[] ReplaceNumber(byte[] model, WireMap.Field field, ulong value) =>
        [.. model[..field.NumberStart], .. WireMap.Varint(value), .. model[field.NumberEnd..]];

    // The same number, written with more bytes than it takes; sometimes with more than there may be.
    private byte[] Overlong(byte[] model, WireMap.Field field)
    {
        byte[] number = [.. WireMap.Varint(field.Value)];
        number[^1] |= 0x80;
        byte[] padding = [.. Enumerable.Repeat((byte)0x80, _random.Next(12)), 0];
        return WireMap.Replace(model, field.NumberStart, field.NumberEnd, [.. number, .. padding], _random.Next(2) == 0);
    }

    // With or without mending the lengths of the messages around, so that the reader is reached in depth as well.
    private byte[] Insert(byte[] model, WireMap.Field field, byte[] inserted) =>
        WireMap.Replace(model, field.NumberEnd, field.NumberEnd, inserted, _random.Next(4) != 0);

    private byte[] Duplicate(byte[] model, WireMap.Field field) =>
        WireMap.Replace(model, field.Start, field.Start, model[field.Start..field.End], _random.Next(4) != 0);

    private byte[] Cut(byte[] model, WireMap.Field field) =>
        WireMap.Replace(model, field.Start, field.End, [], _random.Next(4) != 0);

    // Graphs in attributes of nodes in graphs, or types in types.
    private byte[] Nest(int depth)
    {
        byte[] levels = _random.Next(2) == 0 ? [0x0A, 0x2A, 0x32] : [0x12, 0x22, 0x0A];
        byte[] nested = [];
        for (int i = 0; i < depth; i++)
        {
            nested = [levels[i % levels.Length], .. WireMap.Varint((ulong)nested.Length), .. nested];
        }
        return nested;
    }

    private static byte[] Groups(int depth) => [.. Enumerable.Repeat((byte)0x0B, depth), .. Enumerable.Repeat((byte)0x0C, depth)];

    private byte[] External()
    {
        byte[] Entry(string key, string value)
        {
            byte[] text = [.. Field(0x0A, Encoding.UTF8.GetBytes(key)), .. Field(0x12, Encoding.UTF8.GetBytes(value))];
            return Field(0x6A, text);
        }
        string number = _random.Next(2) == 0 ? Extreme().ToString(System.Globalization.CultureInfo.InvariantCulture) : (-(BigInteger)Extreme() * Extreme()).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return [.. Entry("location", Locations[_random.Next(Locations.Length)]), .. Entry(_random.Next(2) == 0 ? "offset" : "length", number), 0x70, 1];
    }

    private static byte[] Field(byte tag, byte[] content) => [tag, .. WireMap.Varint((ulong)content.Length), .. content];

    private ulong Extreme() => _random.Next(3) == 0 ? (ulong)_random.NextInt64() >> _random.Next(63) : Extremes[_random.Next(Extremes.Length)];

    private WireMap.Field Pick(IReadOnlyList<WireMap.Field> fields, Func<WireMap.Field, bool> wanted)
    {
        var matching = fields.Where(wanted).ToList();
        return matching.Count > 0 ? matching[_random.Next(matching.Count)] : fields[_random.Next(fields.Count)];
    }
}
