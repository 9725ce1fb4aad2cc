// SPDX-License-Identifier: MIT
namespace Microsoft.ML.StandIn;

/// <summary>Which columns of a row or cursor were asked for, by index, and the errors of asking for others.</summary>
internal static class ActiveColumns
{
    internal static bool[] Of(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columnsNeeded)
    {
        ArgumentNullException.ThrowIfNull(columnsNeeded);
        bool[] active = new bool[schema.Count];
        foreach (DataViewSchema.Column column in columnsNeeded)
        {
            if ((uint)column.Index >= (uint)active.Length || schema[column.Index].Name != column.Name || !schema[column.Index].Type.Equals(column.Type))
            {
                throw new InvalidOperationException($"The requested column: {column} is not part of the sourceSchema");
            }

            active[column.Index] = true;
        }

        return active;
    }

    internal static IEnumerable<DataViewSchema.Column> Columns(DataViewSchema schema, bool[] active) => schema.Where(c => active[c.Index]);

    internal static bool IsActive(bool[] active, DataViewSchema.Column column)
        => (uint)column.Index < (uint)active.Length ? active[column.Index] : throw new InvalidOperationException($"Column index must be between 0 and {active.Length}");

    internal static void Check(bool[] active, DataViewSchema.Column column)
    {
        if ((uint)column.Index >= (uint)active.Length || !active[column.Index])
        {
            throw new ArgumentOutOfRangeException(nameof(column), "requested column not active");
        }
    }

    internal static ValueGetter<TValue> Typed<TValue>(Delegate getter, DataViewSchema.Column column)
        => getter as ValueGetter<TValue> ?? throw new InvalidOperationException(
            $"Invalid TValue in GetGetter for column #{column}: '{typeof(TValue)}', expected type: '{getter.GetType().GetGenericArguments()[0]}'.");
}
