// SPDX-License-Identifier: MIT
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Conformance.Tests.Data;

public class EnumerableTests
{
    private static readonly MLContext Context = new(1);

    private static readonly IDataView Data = Context.Data.LoadFromEnumerable(new Row[]
    {
        new() { F = 1.5f, B = true, S = "a", V = [1, 2, 3], K = 1, I = 7, D = 0.1 },
        new() { F = float.NaN, B = false, S = "bb", V = [0, 0, 4], K = 2, I = -7, D = -2 },
        new() { F = -3, B = true, S = "", V = [5, 0, 0], K = 0, I = 0, D = 1e9 },
    });

    [Fact]
    public void Members_become_columns_in_their_order()
    {
        Assert.Equal("F:Single | B:Boolean | S:String | V:Vector<Single, 3> | K:Key<UInt32, 0-4> | I:Int32 | D:Double", Observed.Schema(Data.Schema));
        Assert.Equal(3, Data.GetRowCount());
        Assert.False(Data.CanShuffle);
        Assert.Null(Context.Data.LoadFromEnumerable(Enumerable.Range(0, 3).Select(i => new Named())).GetRowCount());
    }

    [Fact]
    public void Keys_come_back_one_higher()
    {
        IEnumerable<string> rows = Context.Data.CreateEnumerable<Row>(Data, reuseRowObject: false)
            .Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.F},{r.B},{r.S},[{string.Join(' ', r.V!)}],{r.K},{r.I},{r.D}"));
        Assert.Equal("1.5,True,a,[1 2 3],2,7,0.1; NaN,False,bb,[0 0 4],3,-7,-2; -3,True,,[5 0 0],1,0,1000000000", string.Join("; ", rows));
    }

    [Fact]
    public void A_key_out_of_range_is_missing()
        => Assert.Equal([3u, 0u], Context.Data.LoadFromEnumerable(new Keyed[] { new() { K = 2 }, new() { K = 3 } }).GetColumn<uint>("K"));

    [Fact]
    public void Names_dimensions_and_left_out_members_come_from_attributes()
        => Assert.Equal("Other:Int32 | Plain:Vector<Single> | Grid:Vector<Single, 2, 3> | Texts:Vector<String>", Observed.Schema(Context.Data.LoadFromEnumerable(new[] { new Named() }).Schema));

    [Fact]
    public void Columns_that_do_not_fit_the_class_are_refused_at_once()
    {
        Assert.Equal("System.ArgumentOutOfRangeException: Could not find  column 'Nope' (Parameter 'Schema')", Observed.Error(() => Context.Data.CreateEnumerable<Missing>(Data, false)));
        Assert.Equal(
            "System.InvalidOperationException: Can't bind the IDataView column 'F' of type 'Single' to field or property 'F' of type 'System.Boolean'.",
            Observed.Error(() => Context.Data.CreateEnumerable<WrongType>(Data, false)));
        Assert.Equal(0, Context.Data.CreateEnumerable<Missing>(Data, false, ignoreMissingColumns: true).First().Nope);
    }

    [Fact]
    public void Members_that_are_no_columns_are_refused()
    {
        Assert.Equal(
            "System.ArgumentOutOfRangeException: Could not determine an IDataView type and registered custom types for member O (Parameter 'rawType')",
            Observed.Error(() => Context.Data.LoadFromEnumerable(new[] { new Unknown() })));
        Assert.Throws<InvalidOperationException>(() => Context.Data.LoadFromEnumerable(new Row[] { null! }).GetColumn<float>("F").ToList());
        Assert.Throws<ArgumentNullException>("data", () => Context.Data.LoadFromEnumerable<Row>(null!));
    }

    [Fact]
    public void A_row_object_is_reused_when_asked()
    {
        Assert.Single(Context.Data.CreateEnumerable<Row>(Data, reuseRowObject: true).ToList().Distinct());
        Assert.Equal(3, Context.Data.CreateEnumerable<Row>(Data, reuseRowObject: false).Select(r => r.V).Distinct().Count());
    }

    [Fact]
    public void A_definition_gives_sizes_names_and_annotations()
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(Row));
        definition["V"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 4);
        definition["V"].ColumnName = "W";
        definition["F"].AddAnnotation("IsNormalized", true, BooleanDataViewType.Instance);
        definition.RemoveAll(c => c.MemberName is not ("F" or "V"));
        DataViewSchema schema = Context.Data.LoadFromEnumerable(Array.Empty<Row>(), definition).Schema;
        Assert.Equal("F:Single {IsNormalized:Boolean} | W:Vector<Single, 4>", Observed.Schema(schema));
        Assert.True(schema["F"].IsNormalized());
        definition["F"].ColumnType = NumberDataViewType.Double;
        Assert.Equal(
            "System.ArgumentOutOfRangeException: Column 'F' is supposed to have item type System.Double, but associated field has type System.Single (Parameter 'userSchemaDefinition')",
            Observed.Error(() => Context.Data.LoadFromEnumerable(Array.Empty<Row>(), definition)));
    }

    [Fact]
    public void A_schema_gives_the_size_of_a_vector()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Plain", new VectorDataViewType(NumberDataViewType.Single, 7));
        Assert.StartsWith("Other:Int32 | Plain:Vector<Single, 7>", Observed.Schema(Context.Data.LoadFromEnumerable(Array.Empty<Named>(), builder.ToSchema()).Schema), StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_is_read_as_values_arrays_or_strings()
    {
        Assert.Equal([5, 0, 0], Data.GetColumn<float[]>("V").Last());
        Assert.Equal(["a", "bb", ""], Data.GetColumn<string>("S"));
        Assert.Equal("System.ArgumentOutOfRangeException: Column 'zz' not found (Parameter 'name')", Observed.Error(() => Data.GetColumn<float>("zz")));
        Assert.Equal("System.ArgumentOutOfRangeException: Cannot map column (name: F, type: Single) in data to the user-defined type, System.Double. (Parameter 'column')", Observed.Error(() => Data.GetColumn<double>("F")));
    }

    internal sealed class Row
    {
        public float F;
        public bool B;
        public string? S;
        [VectorType(3)]
        public float[]? V;
        [KeyType(5)]
        public uint K;
        public int I;
        public double D;
    }

    internal sealed class Keyed
    {
        [KeyType(3)]
        public uint K { get; set; }
    }

    internal sealed class Named
    {
        [ColumnName("Other")]
        public int Original { get; set; }

        [NoColumn]
        public object? Left { get; set; }

        public float[]? Plain { get; set; }

        [VectorType(2, 3)]
        public float[]? Grid { get; set; }

        public string[]? Texts { get; set; }
    }

    internal sealed class Missing
    {
        public float Nope { get; set; }
    }

    internal sealed class WrongType
    {
        public bool F { get; set; }
    }

    internal sealed class Unknown
    {
        public object? O { get; set; }
    }
}
