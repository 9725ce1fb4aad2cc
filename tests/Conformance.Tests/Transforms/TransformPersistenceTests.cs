// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using static MLNetExtensions.Conformance.Tests.Transforms.TransformData;

namespace MLNetExtensions.Conformance.Tests.Transforms;

public sealed class TransformPersistenceTests
{
    private static readonly TransformsCatalog Make = Context.Transforms;

    public static TheoryData<string> Names => [.. Estimators.Keys];

    private static Dictionary<string, IEstimator<ITransformer>> Estimators { get; } = new()
    {
        ["concatenate"] = Make.Concatenate("O", "F", "V"),
        ["copy"] = Make.CopyColumns("O", "V"),
        ["drop"] = Make.CopyColumns("O", "V").Append(Make.DropColumns("F")),
        ["select"] = Make.CopyColumns("O", "V").Append(Make.SelectColumns("O", "F")),
        ["minmax"] = Make.NormalizeMinMax("O", "V", fixZero: false),
        ["meanvariance"] = Make.NormalizeMeanVariance("O", "D"),
        ["onehot"] = Make.Categorical.OneHotEncoding("O", "N"),
        ["key"] = Make.Conversion.MapValueToKey("O", "S"),
        ["key of numbers"] = Make.Conversion.MapValueToKey("O", "V"),
        ["value"] = Make.Conversion.MapValueToKey("A", "F").Append(Make.Conversion.MapKeyToValue("O", "A")),
        ["map"] = Make.Conversion.MapValue("O", [KeyValuePair.Create(7, "sev"), KeyValuePair.Create(0, "zero")], "I", treatValuesAsKeyType: true),
        ["map to arrays"] = Make.Conversion.MapValue("O", [KeyValuePair.Create("a", new[] { 1f, float.NaN })], "S"),
        ["convert"] = Make.Conversion.ConvertType("O", "V", DataKind.Double),
        ["replace"] = Make.ReplaceMissingValues("O", "V", MissingValueReplacingEstimator.ReplacementMode.Mean),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_saved_and_loaded_gives_the_same_columns(string name)
    {
        ITransformer fitted = Estimators[name].Fit(Mixed);
        using var file = new MemoryStream();
        Context.Model.Save(fitted, Mixed.Schema, file);
        file.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(file, out DataViewSchema inputSchema);
        Assert.Equal(Describe.Schema(Mixed.Schema), Describe.Schema(inputSchema));
        IDataView before = fitted.Transform(Unseen), after = loaded.Transform(Unseen);
        Assert.Equal(Describe.Schema(before.Schema), Describe.Schema(after.Schema));
        Assert.Equal(Describe.Values(before, "O"), Describe.Values(after, "O"));
    }
}
