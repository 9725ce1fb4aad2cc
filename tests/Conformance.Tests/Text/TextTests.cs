// SPDX-License-Identifier: MIT
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.TestUtilities;

namespace MLNetExtensions.Conformance.Tests.Text;

public class TextTests
{
    private const string Adults = "Age,Work,Income,Label\n39,State-gov,77516.5,0\n50,\"Self, not-inc\",,1\n38,Private,215646,0\n53,Private,-1.5e3,1\n28,State-gov,338409,1\n";

    private static readonly MLContext Context = new(1);

    [Fact]
    public void A_class_says_what_is_loaded()
    {
        using var folder = new TemporaryFolder();
        IDataView data = Context.Data.LoadFromTextFile<Adult>(Write(folder, Adults), separatorChar: ',', hasHeader: true, allowQuoting: true);
        Assert.Equal("Age:Single | Work:String | Income:Single | Label:Boolean", Observed.Schema(data.Schema));
        Assert.Equal(
            "39,State-gov,77516.5,False; 50,Self, not-inc,0,True; 38,Private,215646,False; 53,Private,-1500,True; 28,State-gov,338409,True",
            string.Join("; ", Context.Data.CreateEnumerable<Adult>(data, false).Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Age},{r.Work},{r.Income},{r.Label}"))));
        Assert.Null(data.GetRowCount());
        Assert.False(data.CanShuffle);
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused_at_once()
    {
        Assert.Equal("System.ArgumentOutOfRangeException: File or directory does not exist at path: nope.csv (Parameter 'path')", Observed.Error(() => Context.Data.LoadFromTextFile<Adult>("nope.csv", ',', true)));
        Assert.Equal("System.InvalidOperationException: Property 'Age' is missing the LoadColumnAttribute attribute", Observed.Error(() => Context.Data.CreateTextLoader<Bare>(',')));
    }

    [Fact]
    public void Missing_fields_are_zero_and_vectors_half_empty_are_sparse()
    {
        using var folder = new TemporaryFolder();
        IDataView data = Context.Data.LoadFromTextFile(
            Write(folder, "x,y,z,w\n1,2,3,a\n4,,6,\"b,c\"\n\n7,8,9, d \n10,11\nbad,1e3,?,\"q\"\"r\"\n"),
            [new("A", DataKind.Single, 0), new("V", DataKind.Single, 1, 2), new("S", DataKind.String, 3)], ',', hasHeader: true, allowQuoting: true);
        Assert.Equal([1, 4, 7, 10, float.NaN], data.GetColumn<float>("A"));
        Assert.Equal([true, false, true, false, true], data.GetColumn<VBuffer<float>>("V").Select(v => v.IsDense));
        Assert.Equal([0, 6], data.GetColumn<float[]>("V").ElementAt(1));
        Assert.Equal(["a", "b,c", "d ", "", "q\"r"], data.GetColumn<string>("S"));
    }

    [Fact]
    public void What_is_no_whole_number_is_an_error_that_names_line_and_column()
    {
        using var folder = new TemporaryFolder();
        IDataView data = Context.Data.LoadFromTextFile(Write(folder, "1\n-2\n1.5\n"), [new("A", DataKind.Int32, 0)]);
        Assert.Equal("System.FormatException: Parsing failed with an exception: Could not parse value 1.5 in line 3, column A", Observed.Error(() => data.GetColumn<int>("A").ToList()));
    }

    [Fact]
    public void Numbers_are_read_without_a_culture_and_the_rest_is_missing()
    {
        using var folder = new TemporaryFolder();
        IDataView data = Context.Data.LoadFromTextFile(Write(folder, "-2.5\n1e3\n?\ninf\nInfinity\n+3\n .5\n1,5\n"), [new("A", DataKind.Single, 0)]);
        Assert.Equal([-2.5f, 1000, float.NaN, float.NaN, float.PositiveInfinity, 3, 0.5f, float.NaN], data.GetColumn<float>("A"));
    }

    [Fact]
    public void Keys_are_zero_based_in_text()
    {
        using var folder = new TemporaryFolder();
        IDataView data = Context.Data.LoadFromTextFile(Write(folder, "0\n1\n3\n5\nx\n"), [new("A", DataKind.UInt32, [new(0)], new KeyCount(4))]);
        Assert.Equal([1u, 2u, 4u, 0u, 0u], data.GetColumn<uint>("A"));
    }

    [Fact]
    public void Quoted_fields_may_span_lines()
    {
        using var folder = new TemporaryFolder();
        var options = new TextLoader.Options
        {
            Columns = [new("A", DataKind.String, 0), new("B", DataKind.String, 1), new("C", DataKind.Single, 2)],
            Separators = [','],
            AllowQuoting = true,
            ReadMultilines = true,
        };
        IDataView data = Context.Data.LoadFromTextFile(Write(folder, "a,\"line1\nline2\",3\nb,c,4\n"), options);
        Assert.Equal(["line1\nline2", "c"], data.GetColumn<string>("B"));
        Assert.Equal([3, 4], data.GetColumn<float>("C"));
    }

    private static string Write(TemporaryFolder folder, string text)
    {
        string path = folder.File("data.csv");
        File.WriteAllText(path, text);
        return path;
    }

    internal sealed class Adult
    {
        [LoadColumn(0)]
        public float Age { get; set; }

        [LoadColumn(1)]
        public string? Work { get; set; }

        [LoadColumn(2)]
        public float Income { get; set; }

        [LoadColumn(3)]
        public bool Label { get; set; }
    }

    internal sealed class Bare
    {
        public float Age { get; set; }
    }
}
