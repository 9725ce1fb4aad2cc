// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Conformance.Tests.Data;

public class RowOperationTests
{
    private static readonly MLContext Context = new(1);

    private static readonly IDataView Many = Context.Data.LoadFromEnumerable(
        Enumerable.Range(0, 1000).Select(i => new Item { Id = i, Group = (uint)(i % 10), Number = i % 7 == 0 ? float.NaN : i }).ToArray());

    [Fact]
    public void Rows_are_skipped_and_taken()
    {
        IDataView part = Context.Data.TakeRows(Context.Data.SkipRows(Many, 5), 3);
        Assert.Equal([5, 6, 7], Ids(part));
        Assert.Equal(3, part.GetRowCount());
        Assert.Empty(Ids(Context.Data.SkipRows(Many, 5000)));
        Assert.Equal("System.ArgumentOutOfRangeException: Must be greater than zero. (Parameter 'count')", Observed.Error(() => Context.Data.TakeRows(Many, 0)));
    }

    [Fact]
    public void Skipped_rows_keep_their_identities_and_count_anew()
    {
        using DataViewRowCursor cursor = Context.Data.SkipRows(Many, 5).GetRowCursor(Many.Schema);
        ValueGetter<DataViewRowId> getter = cursor.GetIdGetter();
        DataViewRowId id = default;
        Assert.True(cursor.MoveNext());
        getter(ref id);
        Assert.Equal((0L, new DataViewRowId(5, 0)), (cursor.Position, id));
    }

    [Fact]
    public void A_filter_keeps_its_lower_bound_and_drops_its_upper_and_what_is_no_number()
    {
        Assert.Equal([2, 3, 4], Ids(Context.Data.FilterRowsByColumn(Many, "Number", 2, 5)));
        Assert.Equal(857, Ids(Context.Data.FilterRowsByColumn(Many, "Number")).Length);
        Assert.Equal(857, Ids(Context.Data.FilterRowsByMissingValues(Many, "Number")).Length);
        Assert.Null(Context.Data.FilterRowsByColumn(Many, "Number", 2, 5).GetRowCount());
        Assert.Equal("System.ArgumentOutOfRangeException: Must be less than lowerBound (Parameter 'upperBound')", Observed.Error(() => Context.Data.FilterRowsByColumn(Many, "Number", 5, 2)));
    }

    [Fact]
    public void A_predicate_says_which_rows_to_drop()
        => Assert.Equal([996, 997, 998, 999], Ids(Context.Data.FilterByCustomPredicate<Item>(Many, item => item.Id < 996)));

    [Fact]
    public void A_split_is_disjoint_complete_ordered_and_repeatable_by_seed()
    {
        DataOperationsCatalog.TrainTestData split = Context.Data.TrainTestSplit(Many, 0.2);
        int[] train = Ids(split.TrainSet), test = Ids(split.TestSet);
        Assert.Equal(Enumerable.Range(0, 1000), train.Concat(test).Order());
        Assert.Equal(train.Order(), train);
        Assert.InRange(test.Length, 200 - 51, 200 + 51);
        Assert.Equal(test, Ids(new MLContext(1).Data.TrainTestSplit(Many, 0.2).TestSet));
        Assert.Equal(test, Ids(new MLContext(7).Data.TrainTestSplit(Many, 0.2, seed: 1).TestSet));
        Assert.NotEqual(test, Ids(Context.Data.TrainTestSplit(Many, 0.2, seed: 2).TestSet));
        Assert.Equal(Observed.Schema(Many.Schema), Observed.Schema(split.TrainSet.Schema));
        Assert.False(split.TrainSet.CanShuffle);
        Assert.Null(split.TrainSet.GetRowCount());
    }

    [Fact]
    public void A_split_without_any_seed_is_repeatable_too()
        => Assert.Equal(Ids(new MLContext().Data.TrainTestSplit(Many).TestSet), Ids(new MLContext().Data.TrainTestSplit(Many).TestSet));

    [Fact]
    public void A_split_by_key_keeps_keys_together()
    {
        DataOperationsCatalog.TrainTestData split = Context.Data.TrainTestSplit(Many, 0.3, "Group");
        Assert.Equal([1u, 2u, 3u], split.TestSet.GetColumn<uint>("Group").Distinct().Order());
        Assert.Equal(7, split.TrainSet.GetColumn<uint>("Group").Distinct().Count());
        Assert.Equal("System.ArgumentOutOfRangeException: Could not find SamplingKeyColumn column 'zz' (Parameter 'samplingKeyColumn')", Observed.Error(() => Context.Data.TrainTestSplit(Many, 0.3, "zz")));
    }

    [Fact]
    public void Folds_partition_the_rows()
    {
        IReadOnlyList<DataOperationsCatalog.TrainTestData> folds = Context.Data.CrossValidationSplit(Many, 4);
        Assert.Equal(Enumerable.Range(0, 1000), folds.SelectMany(f => Ids(f.TestSet)).Order());
        Assert.All(folds, f => Assert.Equal(1000, Ids(f.TestSet).Union(Ids(f.TrainSet)).Count()));
        Assert.All(folds, f => Assert.InRange(Ids(f.TestSet).Length, 250 - 55, 250 + 55));
        Assert.Equal("System.ArgumentOutOfRangeException: Must be more than 1 (Parameter 'numberOfFolds')", Observed.Error(() => Context.Data.CrossValidationSplit(Many, 1)));
        Assert.Equal("System.ArgumentOutOfRangeException: Must be between 0 and 1 exclusive (Parameter 'testFraction')", Observed.Error(() => Context.Data.TrainTestSplit(Many, 1)));
    }

    [Fact]
    public void Shuffled_rows_are_the_rows_in_an_order_repeatable_by_seed()
    {
        IDataView shuffled = Context.Data.ShuffleRows(Many, seed: 3);
        Assert.Equal(Enumerable.Range(0, 1000), Ids(shuffled).Order());
        Assert.NotEqual(Enumerable.Range(0, 1000), Ids(shuffled));
        Assert.Equal(Ids(shuffled), Ids(shuffled));
        Assert.Equal(Ids(shuffled), Ids(Context.Data.ShuffleRows(Many, seed: 3)));
        Assert.NotEqual(Ids(shuffled), Ids(Context.Data.ShuffleRows(Many, seed: 4)));
        Assert.True(shuffled.CanShuffle);
        Assert.Equal(1000, shuffled.GetRowCount());
    }

    [Fact]
    public void A_cache_reads_its_input_once_and_can_shuffle()
    {
        int passes = 0;
        IEnumerable<Item> Source()
        {
            passes++;
            for (int i = 0; i < 100; i++)
            {
                yield return new Item { Id = i };
            }
        }

        IDataView cached = Context.Data.Cache(Context.Data.LoadFromEnumerable(Source()), "Id");
        Assert.Equal(Ids(cached), Ids(cached));
        Assert.Equal(1, passes);
        Assert.True(cached.CanShuffle);
        using DataViewRowCursor first = cached.GetRowCursor([cached.Schema["Id"]], new Random(1)), second = cached.GetRowCursor([cached.Schema["Id"]], new Random(1));
        List<int> order = Observed.Values<int>(first, "Id");
        Assert.Equal(order, Observed.Values<int>(second, "Id"));
        Assert.NotEqual(order.Order(), order);
        Assert.Equal("System.ArgumentOutOfRangeException: Could not find prefetch column 'zz' (Parameter 'columnsToPrefetch')", Observed.Error(() => Context.Data.Cache(Many, "zz")));
    }

    [Fact]
    public void A_preview_shows_the_first_rows()
    {
        DataDebuggerPreview preview = Many.Preview(3);
        Assert.Equal("3 columns, 3 rows", preview.ToString());
        Assert.Equal(2, preview.RowView[2].Values[0].Value);
        Assert.Equal([0, 1, 2], preview.ColumnView[0].Values);
    }

    private static int[] Ids(IDataView view) => [.. view.GetColumn<int>("Id")];

    internal sealed class Item
    {
        public int Id { get; set; }

        [KeyType(10)]
        public uint Group { get; set; }

        public float Number { get; set; }
    }
}
