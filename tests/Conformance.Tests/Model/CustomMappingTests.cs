// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Conformance.Tests.Model;

public class CustomMappingTests
{
    private static readonly MLContext Context = new(1);
    private static readonly IDataView Data = Context.Data.LoadFromEnumerable(Enumerable.Range(0, 5).Select(i => new Row { F = i, V = [i, 1] }).ToArray());

    [Fact]
    public void A_column_that_is_there_is_hidden_by_the_new_one_behind_it()
        => Assert.Equal("F:Single (hidden) | F:Single | V:Vector<Single, 2> | G:Single", Observed.Schema(Context.Transforms.CustomMapping<Row, Pair>((_, _) => { }, null).Fit(Data).Transform(Data).Schema));

    [Fact]
    public void A_mapping_is_called_once_per_row_with_one_destination()
    {
        int calls = 0;
        IDataView mapped = Context.Transforms.CustomMapping<Row, Pair>(
            (from, to) =>
            {
                Interlocked.Increment(ref calls);
                if (from.F == 0)
                {
                    to.F = to.G = 7;
                }
            },
            null).Fit(Data).Transform(Data);
        using DataViewRowCursor cursor = mapped.GetRowCursor([mapped.Schema["F"], mapped.Schema["G"]]);
        ValueGetter<float> first = cursor.GetGetter<float>(mapped.Schema["F"]), second = cursor.GetGetter<float>(mapped.Schema["G"]);
        float value = 0;
        while (cursor.MoveNext())
        {
            first(ref value);
            Assert.Equal(7, value);
            second(ref value);
            Assert.Equal(7, value);
        }

        Assert.Equal(5, calls);
    }

    [Fact]
    public void Types_are_refused_before_and_after_data_are_seen()
    {
        Assert.Equal("System.ArgumentOutOfRangeException: Could not find  column 'Nope' (Parameter 'Schema')", Observed.Error(() => Context.Transforms.CustomMapping<Missing, Pair>((_, _) => { }, null).Fit(Data)));
        Assert.Equal(
            "System.InvalidOperationException: Can't bind the IDataView column 'F' of type 'Single' to field or property 'F' of type 'System.Boolean'.",
            Observed.Error(() => Context.Transforms.CustomMapping<Wrong, Pair>((_, _) => { }, null).Fit(Data)));
        IEstimator<ITransformer> chain = Context.Transforms.CustomMapping<Wrong, Pair>((_, _) => { }, null);
        Assert.Equal("System.ArgumentOutOfRangeException: Schema mismatch for input column 'F': expected Boolean, got Single (Parameter 'inputSchema')", Observed.Error(() => new EstimatorChain<ITransformer>().Append(chain).Fit(Data)));
    }

    [Fact]
    public void Keys_are_read_as_they_are_and_written_one_higher()
    {
        IDataView mapped = Context.Transforms.CustomMapping<Row, Keyed>((from, to) => to.K = (uint)from.F, null).Fit(Data).Transform(Data);
        Assert.Equal([1u, 2u, 3u, 0u, 0u], mapped.GetColumn<uint>("K"));
    }

    [Fact]
    public void Vectors_of_other_lengths_pass()
    {
        IDataView mapped = Context.Transforms.CustomMapping<Row, Keyed>((from, to) => to.W = new float[(int)from.F], null).Fit(Data).Transform(Data);
        Assert.Equal([0, 1, 2, 3, 4], mapped.GetColumn<float[]>("W").Select(w => w.Length));
    }

    [Fact]
    public void A_fitted_mapping_serves_several_threads()
    {
        var mapping = Context.Transforms.CustomMapping<Row, Pair>((from, to) => to.G = from.F + from.V![1], null).Fit(Data);
        IDataView many = Context.Data.LoadFromEnumerable(Enumerable.Range(0, 2000).Select(i => new Row { F = i, V = [i, 1] }).ToArray());
        Parallel.For(0, 8, _ => Assert.Equal(Enumerable.Range(1, 2000).Select(i => (float)i), mapping.Transform(many).GetColumn<float>("G")));
    }

    internal sealed class Row
    {
        public float F { get; set; }

        [VectorType(2)]
        public float[]? V { get; set; }
    }

    internal sealed class Pair
    {
        public float F { get; set; }

        public float G { get; set; }
    }

    internal sealed class Keyed
    {
        [KeyType(3)]
        public uint K { get; set; }

        [VectorType(2)]
        public float[]? W { get; set; }
    }

    internal sealed class Missing
    {
        public float Nope { get; set; }
    }

    internal sealed class Wrong
    {
        public bool F { get; set; }
    }
}
