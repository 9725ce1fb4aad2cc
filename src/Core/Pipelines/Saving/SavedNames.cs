// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Pipelines.Saving;

/// <summary>Names of the columns that live only inside a saved chain. Those of custom mappings are part of the file format: never change them.</summary>
internal static class SavedNames
{
    public const string SingleVector = "mlnetx:single.vector";
    public const string SingleScalar = "mlnetx:single.scalar";
    public const string DoubleVector = "mlnetx:double.vector";
    public const string DoubleScalar = "mlnetx:double.scalar";
    public const string Int64Vector = "mlnetx:int64.vector";
    public const string Int64Scalar = "mlnetx:int64.scalar";
    public const string BooleanVector = "mlnetx:boolean.vector";
    public const string BooleanScalar = "mlnetx:boolean.scalar";
    public const string ClassValue = "mlnetx:class.value";

    // A graph input bears the column's name; ':' is not in names that people give to values.
    public static string Input(int index) => $"mlnetx:input.{index}";

    public static string Output(int index) => $"mlnetx:output.{index}";
}
