// SPDX-License-Identifier: MIT
using Microsoft.ML;

namespace MLNetExtensions.Pipelines;

/// <summary>An input schema with a mapper's columns after it, and who needs what of it.</summary>
internal sealed class MappedSchema
{
    private readonly int _inputCount;
    private readonly int[] _dependencies;

    public MappedSchema(DataViewSchema input, IBatchMapper mapper)
    {
        Input = input;
        Mapper = mapper;
        _inputCount = input.Count;
        _dependencies = [.. mapper.InputColumns.Select(name => input[name].Index).Distinct()];
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumns(mapper.OutputColumns);
        Output = builder.ToSchema();
    }

    public IBatchMapper Mapper { get; }

    public DataViewSchema Input { get; }

    public DataViewSchema Output { get; }

    /// <summary>True for a column that was there before; its index is the same on both sides.</summary>
    public bool IsInput(int index) => index < _inputCount;

    /// <summary>The position of an added column among the mapper's outputs.</summary>
    public int OutputOf(int index) => index - _inputCount;

    /// <summary>Which columns of the output are asked for.</summary>
    /// <exception cref="ArgumentException">A column is not of this schema.</exception>
    public bool[] Activity(IEnumerable<DataViewSchema.Column> columns)
    {
        var active = new bool[Output.Count];
        foreach (var column in columns)
        {
            active[IndexOf(column)] = true;
        }
        return active;
    }

    /// <summary>The index of a column, after a check that it is one of this schema.</summary>
    public int IndexOf(DataViewSchema.Column column) =>
        column.Index < Output.Count && Output[column.Index].Name == column.Name && Output[column.Index].Type.Equals(column.Type)
            ? column.Index
            : throw new ArgumentException($"Column '{column.Name}' (index {column.Index}, {column.Type}) is not a column of this schema: {Output}.", nameof(column));

    public bool NeedsScores(bool[] active) => active.AsSpan(_inputCount).Contains(true);

    public bool[] ActiveOutputs(bool[] active) => active[_inputCount..];

    /// <summary>The input columns that must be read for that activity.</summary>
    public IEnumerable<DataViewSchema.Column> Needed(bool[] active)
    {
        bool[] needed = active[.._inputCount];
        if (NeedsScores(active))
        {
            foreach (int dependency in _dependencies)
            {
                needed[dependency] = true;
            }
        }
        return Input.Where(column => needed[column.Index]);
    }
}
