// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>The columns that an evaluation reads, and the errors where they are absent or of the wrong type.</summary>
internal static class EvaluationColumns
{
    internal static DataViewSchema.Column Find(IDataView data, string name, string role)
        => data.Schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException("schema", $"{name} column '{role}' not found");

    internal static DataViewSchema.Column FindSingle(IDataView data, string name, string role)
    {
        DataViewSchema.Column column = Find(data, name, role);
        return column.Type.Equals(NumberDataViewType.Single) ? column : throw Mismatch(role, column, "Single");
    }

    internal static ArgumentOutOfRangeException Mismatch(string role, DataViewSchema.Column column, string expected)
        => new("schema", $"Schema mismatch for {role.ToLowerInvariant()} column '{column.Name}': expected {expected}, got {column.Type}");

    /// <summary>
    /// A reader of labels as numbers: flags as 0 and 1, keys from 0, what is missing as NaN.
    /// </summary>
    internal static Func<double> Label(DataViewRow row, DataViewSchema.Column column)
        => RowGetters.Call<Func<double>>(typeof(EvaluationColumns), null, nameof(TypedLabel), [column.Type.RawType], row, column);

    private static Func<double> TypedLabel<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        T value = default;
        bool isKey = column.Type is KeyDataViewType;
        return () =>
        {
            getter(ref value);
            double number = value is bool flag ? (flag ? 1 : 0) : Convert.ToDouble(value, null);
            return !isKey ? number : number == 0 ? double.NaN : number - 1;
        };
    }
}
