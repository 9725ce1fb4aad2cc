// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Conformance.Tests.Views;

public class SchemaShapeTests
{
    private static readonly SchemaShape Nothing = new([]);

    [Fact]
    public void Shapes_come_from_a_custom_mapping_and_know_no_sizes()
    {
        SchemaShape shape = new MLContext().Transforms.CustomMapping<Empty, Shapes>((_, _) => { }, null).GetOutputSchema(Nothing);
        Assert.Equal(
            "S:Scalar:Single:False | V:Vector:Single:False | W:VariableVector:Double:False | K:Scalar:UInt32:True | T:Scalar:String:False | KV:Vector:UInt32:True",
            string.Join(" | ", shape.Select(c => $"{c.Name}:{c.Kind}:{c.ItemType}:{c.IsKey}")));
        Assert.All(shape, c => Assert.Empty(c.Annotations));
    }

    [Fact]
    public void A_shape_refuses_columns_that_nobody_made()
    {
        Assert.Throws<ArgumentNullException>("columns", () => new SchemaShape(null!));
        Assert.Throws<ArgumentOutOfRangeException>("columns", () => new SchemaShape([default]));
    }

    internal sealed class Empty;

    internal sealed class Shapes
    {
        public float S { get; set; }

        [VectorType(2)]
        public float[]? V { get; set; }

        public double[]? W { get; set; }

        [KeyType(4)]
        public uint K { get; set; }

        public string? T { get; set; }

        [KeyType(7)]
        [VectorType(2)]
        public uint[]? KV { get; set; }
    }
}
