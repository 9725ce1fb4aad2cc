// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.TestUtilities;

public static partial class EstimatorContract
{
    /// <summary>A model loaded in a new context has the same visible columns, types, key values and slot names, the same values, and the same metrics.</summary>
    public static void LoadedModelAgrees(EstimatorCase subject)
    {
        var transformer = Fit(subject);
        var expected = transformer.Transform(subject.Data);
        var context = new MLContext();
        var actual = SaveAndLoad(transformer, subject.Data.Schema, context).Transform(subject.Data);
        // Where an output hides an input of its name, ML.NET's dropping of columns moves it to the place of the old one.
        bool anyOrder = subject.OutputColumns.Any(name => subject.Data.Schema.GetColumnOrNull(name) is not null);
        string expectedColumns = Describe(expected.Schema, anyOrder), actualColumns = Describe(actual.Schema, anyOrder);
        Require(expectedColumns == actualColumns, $"the visible columns are {expectedColumns} in process and {actualColumns} when loaded");
        RequireSame(Snapshot.Of(expected), Snapshot.Of(actual), subject.Tolerance, "scores of the loaded model");
        if (subject.Evaluate is { } evaluate)
        {
            double[] before = evaluate(new MLContext(), expected), after = evaluate(context, actual);
            Require(before.Length == after.Length && before.Zip(after).All(pair => Math.Abs(pair.First - pair.Second) <= subject.Tolerance), $"metrics are [{string.Join(", ", before)}] in process and [{string.Join(", ", after)}] when loaded");
        }
    }

    /// <summary>Fitting, scoring and saving leave nothing in the temporary folder.</summary>
    public static void NoFileIsLeftBehind(EstimatorCase subject)
    {
        // TMPDIR is what .NET asks for on Unix, TMP on Windows.
        string variable = OperatingSystem.IsWindows() ? "TMP" : "TMPDIR";
        string? before = Environment.GetEnvironmentVariable(variable);
        string folder = Directory.CreateTempSubdirectory("contract-").FullName;
        try
        {
            Environment.SetEnvironmentVariable(variable, folder);
            var transformer = Fit(subject);
            _ = Snapshot.Of(transformer.Transform(subject.Data));
            using var stream = new MemoryStream();
            new MLContext().Model.Save(transformer, subject.Data.Schema, stream);
            (transformer as IDisposable)?.Dispose();
            string[] left = [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName).OfType<string>()];
            Require(left.Length == 0, $"left in the temporary folder: {string.Join(", ", left)}");
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, before);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ITransformer SaveAndLoad(ITransformer transformer, DataViewSchema schema, MLContext target)
    {
        using var stream = new MemoryStream();
        new MLContext().Model.Save(transformer, schema, stream);
        stream.Position = 0;
        return target.Model.Load(stream, out _);
    }

    private static string Describe(DataViewSchema schema, bool anyOrder)
    {
        var columns = schema.Where(column => !column.IsHidden).Select(column => $"{column.Name}: {column.Type}{Annotations(column)}");
        return string.Join(" | ", anyOrder ? columns.Order(StringComparer.Ordinal) : columns);
    }

    // What a loaded model can carry: names of slots and values of keys.
    private static string Annotations(DataViewSchema.Column column) => string.Concat(
        new[] { "KeyValues", "SlotNames" }.Where(kind => column.Annotations.Schema.GetColumnOrNull(kind) is not null).Select(kind =>
        {
            var annotation = column.Annotations.Schema[kind];
            return $" {kind} {annotation.Type} {AnnotationValue(column, annotation)}";
        }));

    private static string AnnotationValue(DataViewSchema.Column column, DataViewSchema.Column annotation)
    {
        var read = typeof(EstimatorContract).GetMethod(nameof(Values), System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!;
        return (string)read.MakeGenericMethod(((VectorDataViewType)annotation.Type).ItemType.RawType).Invoke(null, [column, annotation.Name])!;
    }

    private static string Values<T>(DataViewSchema.Column column, string kind)
    {
        VBuffer<T> value = default;
        column.Annotations.GetValue(kind, ref value);
        return "[" + string.Join(", ", value.DenseValues()) + "]";
    }
}
