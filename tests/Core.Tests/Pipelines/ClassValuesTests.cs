// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Pipelines;
using MLNetExtensions.TestUtilities;

namespace MLNetExtensions.Core.Tests.Pipelines;

public sealed class ClassValuesTests
{
    [Fact]
    public void Text_classes_are_their_own_names()
    {
        var classes = ClassValues.FromKeyColumn(ContractData.Create().Schema["Class"]);

        Assert.Equal(ContractData.Classes, classes.Names);
        Assert.Equal(3, classes.Count);
    }

    [Fact]
    public void Other_classes_are_named_as_they_are_written_everywhere() => Assert.Equal(["-1.5", "0", "2"], ClassValues.Of([-1.5f, 0, 2]).Names);

    [Fact]
    public void Keys_without_values_are_named_by_their_numbers() =>
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7"], ClassValues.FromKeyColumn(ContractData.Create().Schema["Key"]).Names);

    [Theory]
    [InlineData("Class")]
    [InlineData("Key")]
    [InlineData("Coded")]
    public void A_promise_has_the_type_that_is_found_later(string column)
    {
        var context = new MLContext();
        var data = ContractData.Create();
        var estimator = context.Transforms.Conversion.MapValueToKey("Coded", "Number");
        var promised = ClassValues.PromisedBy(SchemaShapes.Find(estimator.GetOutputSchema(SchemaShapes.Of(data.Schema)), column)!.Value);

        var found = ClassValues.FromKeyColumn(estimator.Fit(data).Transform(data).Schema[column]);

        Assert.Equal(found.ItemType, promised.ItemType);
        Assert.Equal(column == "Coded" ? NumberDataViewType.Int64 : TextDataViewType.Instance, (DataViewType)found.ItemType);
    }
}
