// SPDX-License-Identifier: MIT
namespace Microsoft.ML.StandIn;

/// <summary>An output schema, and where each of its columns comes from.</summary>
internal sealed class ColumnBindings
{
    private readonly int[] _sources;

    private ColumnBindings(DataViewSchema input, IReadOnlyList<DataViewSchema.DetachedColumn> added, IReadOnlyList<int> sources)
    {
        Input = input;
        AddedCount = added.Count;
        _sources = [.. sources];
        Output = new DataViewSchema([.. sources.Select(s => s >= 0 ? new DataViewSchema.DetachedColumn(input[s]) : added[~s])]);
        PlaceOfAdded = new int[added.Count];
        for (int i = 0; i < _sources.Length; i++)
        {
            if (_sources[i] < 0)
            {
                PlaceOfAdded[~_sources[i]] = i;
            }
        }
    }

    internal DataViewSchema Input { get; }

    internal DataViewSchema Output { get; }

    internal int AddedCount { get; }

    /// <summary>The index in the output schema of each added column.</summary>
    internal int[] PlaceOfAdded { get; }

    /// <summary>All columns of the input; an added one comes right behind the one of its name, which it hides, or at the end.</summary>
    internal static ColumnBindings Add(DataViewSchema input, IReadOnlyList<DataViewSchema.DetachedColumn> added)
    {
        var behind = Enumerable.Range(0, added.Count).ToLookup(i => input.GetColumnOrNull(added[i].Name)?.Index ?? -1);
        var sources = new List<int>();
        for (int i = 0; i < input.Count; i++)
        {
            sources.Add(i);
            sources.AddRange(behind[i].Select(a => ~a));
        }

        sources.AddRange(behind[-1].Select(a => ~a));
        return new ColumnBindings(input, added, sources);
    }

    /// <summary>These columns of the input in this order, none added.</summary>
    internal static ColumnBindings Select(DataViewSchema input, IReadOnlyList<int> kept) => new(input, [], kept);

    /// <summary>The index in the input of an output column that is passed on, or the complement of the number of the added column.</summary>
    internal int SourceOf(int output) => _sources[output];
}
