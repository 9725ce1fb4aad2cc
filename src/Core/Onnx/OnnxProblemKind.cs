// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Onnx;

/// <summary>The rules that <see cref="OnnxChecker"/> knows.</summary>
public enum OnnxProblemKind
{
    /// <summary>A value is given twice, or a subgraph gives a value a name of a graph around it.</summary>
    DuplicateName,

    /// <summary>Something that ONNX demands is absent, such as a graph, a name, or a type of an input.</summary>
    Missing,

    /// <summary>A node reads what no earlier node, input or constant gives.</summary>
    Order,

    /// <summary>A graph output that nothing gives.</summary>
    Output,

    /// <summary>An element type that is not known.</summary>
    Type,

    /// <summary>A constant whose elements do not agree with its shape and type.</summary>
    Tensor,

    /// <summary>An attribute whose type does not agree with its value, or that stands twice.</summary>
    Attribute,

    /// <summary>An operator domain without a version, or a version too old for an element type.</summary>
    Opset,

    /// <summary>An IR version that is too old for what the model holds, or newer than this library.</summary>
    IrVersion,
}
