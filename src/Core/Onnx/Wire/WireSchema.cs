// SPDX-License-Identifier: MIT
using Google.Protobuf.Reflection;
using MLNetExtensions.Onnx.Protobuf;

namespace MLNetExtensions.Onnx.Wire;

/// <summary>The fields of a message type, read from the descriptors that the .proto was compiled to, so that they are written down once.</summary>
internal sealed class WireSchema
{
    private readonly Dictionary<int, WireField> _fields = [];
    private bool? _holdsTensors;

    private WireSchema(string name) => Name = name;

    public static WireSchema Model { get; } = Build(ModelProto.Descriptor, []);

    public string Name { get; }

    public bool IsTensor => Name == TensorProto.Descriptor.FullName;

    /// <summary>What an empty message of this type takes in memory, its empty lists included.</summary>
    public int ObjectBytes { get; private set; } = 64;

    public int FieldCount => _fields.Count;

    /// <summary>Whether a tensor may lie somewhere inside.</summary>
    public bool HoldsTensors => _holdsTensors ??= ReachesTensor([]);

    public WireField? Find(int number) => _fields.GetValueOrDefault(number);

    private static WireSchema Build(MessageDescriptor descriptor, Dictionary<string, WireSchema> known)
    {
        if (known.TryGetValue(descriptor.FullName, out var schema))
        {
            return schema;
        }
        schema = new WireSchema(descriptor.FullName);
        known.Add(descriptor.FullName, schema);
        foreach (var field in descriptor.Fields.InFieldNumberOrder())
        {
            var (kind, bytes) = KindOf(field.FieldType);
            schema.ObjectBytes += field.IsRepeated ? 48 : 12;
            var child = kind == WireKind.Message ? Build(field.MessageType, known) : null;
            schema._fields.Add(field.FieldNumber, new WireField(field.FieldNumber, field.Name, schema._fields.Count, kind, field.IsRepeated, bytes, child));
        }
        return schema;
    }

    private static (WireKind Kind, int ElementBytes) KindOf(FieldType type) => type switch
    {
        FieldType.Int64 or FieldType.UInt64 => (WireKind.Varint, 8),
        FieldType.Int32 or FieldType.Enum => (WireKind.Varint, 4),
        FieldType.Float => (WireKind.Fixed32, 4),
        FieldType.Double or FieldType.Fixed64 => (WireKind.Fixed64, 8),
        FieldType.String => (WireKind.Text, 0),
        FieldType.Bytes => (WireKind.Bytes, 0),
        FieldType.Message => (WireKind.Message, 0),
        _ => throw new InvalidOperationException($"The .proto uses fields of type {type}, which the scanner does not read."),
    };

    private bool ReachesTensor(HashSet<WireSchema> visited) =>
        IsTensor || (visited.Add(this) && _fields.Values.Any(field => field.Child is { } child && child.ReachesTensor(visited)));
}
