// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Protobuf;
using AttributeType = MLNetExtensions.Onnx.Protobuf.AttributeProto.Types.AttributeType;

namespace MLNetExtensions.Onnx.Checking;

/// <summary>The rules for attributes: named, once each, holding one value of the type that they state.</summary>
internal sealed class AttributeCheck(ModelCheck model, bool inFunction)
{
    public void Check(NodeProto node, string nodeWhere)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var attribute in node.Attribute)
        {
            string where = $"{nodeWhere}, attribute '{attribute.Name}'";
            if (attribute.Name.Length == 0)
            {
                model.Report(OnnxProblemKind.Missing, where, "it has no name");
            }
            else if (!names.Add(attribute.Name))
            {
                model.Report(OnnxProblemKind.Attribute, where, "it stands twice");
            }
            CheckType(attribute, where);
        }
    }

    private void CheckType(AttributeProto attribute, string where)
    {
        if (attribute.RefAttrName.Length > 0)
        {
            if (!inFunction)
            {
                model.Report(OnnxProblemKind.Attribute, where, "it refers to an attribute of a function, but stands in none");
            }
            return;
        }
        var held = TypesHeld(attribute).ToList();
        if (attribute.Type == AttributeType.Undefined)
        {
            // The field came with IR version 2.
            if (model.IrVersion >= 2)
            {
                model.Report(OnnxProblemKind.Attribute, where, "it does not state its type");
            }
        }
        else if (held.Count > 1 || (held.Count == 1 && held[0] != attribute.Type))
        {
            model.Report(OnnxProblemKind.Attribute, where, $"it is said to be {attribute.Type} and holds {string.Join(" and ", held)}");
        }
        else if (held.Count == 0 && attribute.Type is AttributeType.Tensor or AttributeType.Graph or AttributeType.SparseTensor or AttributeType.TypeProto)
        {
            model.Report(OnnxProblemKind.Attribute, where, $"it is said to be {attribute.Type} and holds nothing");
        }
    }

    // Numbers and texts that hold the default value may be absent from a file; an empty list always is.
    private static IEnumerable<AttributeType> TypesHeld(AttributeProto attribute)
    {
        (bool Held, AttributeType Type)[] all =
        [
            (attribute.HasF && attribute.F != 0, AttributeType.Float),
            (attribute.HasI && attribute.I != 0, AttributeType.Int),
            (attribute.HasS && attribute.S.Length > 0, AttributeType.String),
            (attribute.T is not null, AttributeType.Tensor),
            (attribute.G is not null, AttributeType.Graph),
            (attribute.SparseTensor is not null, AttributeType.SparseTensor),
            (attribute.Tp is not null, AttributeType.TypeProto),
            (attribute.Floats.Count > 0, AttributeType.Floats),
            (attribute.Ints.Count > 0, AttributeType.Ints),
            (attribute.Strings.Count > 0, AttributeType.Strings),
            (attribute.Tensors.Count > 0, AttributeType.Tensors),
            (attribute.Graphs.Count > 0, AttributeType.Graphs),
            (attribute.SparseTensors.Count > 0, AttributeType.SparseTensors),
            (attribute.TypeProtos.Count > 0, AttributeType.TypeProtos),
        ];
        return all.Where(entry => entry.Held).Select(entry => entry.Type);
    }
}
