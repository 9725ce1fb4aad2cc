// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace MLNetExtensions.Onnx.Wire;

/// <summary>Where in a model the scanner is, such as <c>graph.node[3].attribute[0].t</c>.</summary>
internal sealed class FieldPath
{
    private readonly Stack<(WireField Field, int Index)> _steps = new();

    public int Depth => _steps.Count;

    public void Push(WireField field, int index) => _steps.Push((field, index));

    public void Pop() => _steps.Pop();

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (field, index) in _steps.Reverse())
        {
            text.Append(text.Length > 0 ? "." : "").Append(field.Name);
            if (field.Repeated)
            {
                text.Append('[').Append(index.ToString(CultureInfo.InvariantCulture)).Append(']');
            }
        }
        return text.Length > 0 ? text.ToString() : "model";
    }
}
