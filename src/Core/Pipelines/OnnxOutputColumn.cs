// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Pipelines;

/// <summary>Which output of a model becomes which column, and what kind of column.</summary>
public sealed record OnnxOutputColumn
{
    private OnnxOutputColumn(string columnName, string modelOutput, OnnxOutputKind kind)
    {
        ArgumentException.ThrowIfNullOrEmpty(columnName);
        ArgumentException.ThrowIfNullOrEmpty(modelOutput);
        ColumnName = columnName;
        ModelOutput = modelOutput;
        Kind = kind;
    }

    /// <summary>The column's name.</summary>
    public string ColumnName { get; }

    /// <summary>The output's name in the graph.</summary>
    public string ModelOutput { get; }

    /// <summary>The kind of column.</summary>
    public OnnxOutputKind Kind { get; }

    /// <summary>Names of the slots of a vector, such as the classes whose scores they hold; null for none.</summary>
    public IReadOnlyList<string>? SlotNames { get; private init; }

    /// <summary>The classes of a key; null for other kinds.</summary>
    public ClassValues? Classes { get; private init; }

    /// <summary>A vector column with all elements of the output.</summary>
    public static OnnxOutputColumn Tensor(string columnName, string modelOutput, IReadOnlyList<string>? slotNames = null) =>
        new(columnName, modelOutput, OnnxOutputKind.Tensor) { SlotNames = slotNames };

    /// <summary>A number column from an output with one element per row.</summary>
    public static OnnxOutputColumn Scalar(string columnName, string modelOutput) => new(columnName, modelOutput, OnnxOutputKind.Scalar);

    /// <summary>A boolean column from an output with one boolean or integer per row.</summary>
    public static OnnxOutputColumn Boolean(string columnName, string modelOutput) => new(columnName, modelOutput, OnnxOutputKind.Boolean);

    /// <summary>A key column from an output with one class index per row.</summary>
    public static OnnxOutputColumn Key(string columnName, string modelOutput, ClassValues classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return new(columnName, modelOutput, OnnxOutputKind.Key) { Classes = classes };
    }
}
