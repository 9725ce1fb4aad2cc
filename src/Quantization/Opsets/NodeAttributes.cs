// SPDX-License-Identifier: MIT
using System.Text;
using Google.Protobuf;
using MLNetExtensions.Onnx.Protobuf;
using Kind = MLNetExtensions.Onnx.Protobuf.AttributeProto.Types.AttributeType;

namespace MLNetExtensions.Quantization.Opsets;

/// <summary>Reading and writing the attributes of a node.</summary>
internal static class NodeAttributes
{
    public static AttributeProto? Find(this NodeProto node, string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

    public static long Integer(this NodeProto node, string name, long absent) => node.Find(name)?.I ?? absent;

    public static float Single(this NodeProto node, string name, float absent) => node.Find(name)?.F ?? absent;

    public static string Text(this NodeProto node, string name, string absent) => node.Find(name)?.S.ToStringUtf8() ?? absent;

    public static void Remove(this NodeProto node, string name)
    {
        if (node.Find(name) is { } attribute)
        {
            node.Attribute.Remove(attribute);
        }
    }

    public static long TakeInteger(this NodeProto node, string name, long absent)
    {
        long value = node.Integer(name, absent);
        node.Remove(name);
        return value;
    }

    public static void SetInteger(this NodeProto node, string name, long value)
    {
        node.Remove(name);
        node.Attribute.Add(new AttributeProto { Name = name, Type = Kind.Int, I = value });
    }

    public static void SetText(this NodeProto node, string name, string value)
    {
        node.Remove(name);
        node.Attribute.Add(new AttributeProto { Name = name, Type = Kind.String, S = ByteString.CopyFrom(value, Encoding.UTF8) });
    }

    public static void SetIntegers(this NodeProto node, string name, IEnumerable<long> values)
    {
        node.Remove(name);
        node.Attribute.Add(new AttributeProto { Name = name, Type = Kind.Ints, Ints = { values } });
    }
}
