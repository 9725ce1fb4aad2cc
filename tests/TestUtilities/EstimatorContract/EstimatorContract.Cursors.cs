// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.TestUtilities;

public static partial class EstimatorContract
{
    /// <summary>Transforming, asking for schemas and opening a cursor read no row.</summary>
    public static void NothingIsReadBeforeACursorMoves(EstimatorCase subject)
    {
        var transformer = Fit(subject);
        var watched = new WatchedDataView(subject.Data);
        var view = transformer.Transform(watched);
        _ = view.Schema;
        _ = view.CanShuffle;
        _ = view.GetRowCount();
        _ = transformer.GetRowToRowMapper(watched.Schema);
        Require(watched.Cursors == 0, $"{watched.Cursors} cursors were opened before anybody asked for one");
        using var cursor = view.GetRowCursor(view.Schema);
        Require(watched.Rows == 0, $"{watched.Rows} rows were read before the cursor moved");
    }

    /// <summary>A cursor serves the columns that it was asked for, reads no others, and its values do not depend on which those are.</summary>
    public static void OnlyActiveColumnsAreServed(EstimatorCase subject)
    {
        var watched = new WatchedDataView(subject.Data);
        var view = Fit(subject).Transform(watched);
        string[] names = [.. view.Schema.Where(column => !column.IsHidden).Select(column => column.Name)];
        var all = Snapshot.Of(view);
        RequireSame(Snapshot.Of(subject.Data, names.Except(subject.OutputColumns)), all, 0, "columns that were there before changed");
        var subsets = names.Select(name => new[] { name }).Append([]).Append([.. subject.OutputColumns])
            .Concat(names.Select(name => names.Where(other => other != name).ToArray()));
        foreach (string[] subset in subsets)
        {
            var rows = Snapshot.Of(view, subset);
            RequireSame([.. all.Select(row => row with { Values = subset.ToDictionary(name => name, name => row.Values[name]) })], rows, subject.Tolerance, $"with only {string.Join(", ", subset)} active");
            bool scores = subset.Intersect(subject.OutputColumns).Any();
            string[] unneeded = [.. watched.LastNeeded.Except(subset).Except(scores ? subject.InputColumns : [])];
            Require(unneeded.Length == 0, $"with only [{string.Join(", ", subset)}] active, the input was asked for {string.Join(", ", unneeded)}");
            RequireActivity(view, subset);
        }
    }

    private static void RequireActivity(IDataView view, string[] subset)
    {
        using var cursor = view.GetRowCursor(subset.Select(name => view.Schema[name]));
        foreach (var column in view.Schema.Where(column => !column.IsHidden))
        {
            bool active = subset.Contains(column.Name);
            Require(cursor.IsColumnActive(column) == active, $"IsColumnActive is {!active} for '{column.Name}' with [{string.Join(", ", subset)}] asked for", nameof(OnlyActiveColumnsAreServed));
            if (!active)
            {
                bool refused = false;
                try
                {
                    _ = Snapshot.Reader(cursor, column);
                }
                catch (Exception failure) when (failure is InvalidOperationException or ArgumentException)
                {
                    refused = true;
                }
                Require(refused, $"a getter of the inactive column '{column.Name}' is given", nameof(OnlyActiveColumnsAreServed));
            }
        }
    }

    /// <summary>Shuffled rows come in the input's shuffled order, each with its own scores, text, keys and vectors.</summary>
    public static void ShuffledRowsKeepTheirScores(EstimatorCase subject)
    {
        var view = Fit(subject).Transform(subject.Data);
        Require(view.CanShuffle == subject.Data.CanShuffle, "CanShuffle differs from the input's");
        var byId = Snapshot.Of(view).ToDictionary(row => row.Id);
        for (int seed = 1; seed <= 3; seed++)
        {
            var input = Snapshot.Of(subject.Data, rand: new Random(seed));
            var shuffled = Snapshot.Of(view, rand: new Random(seed));
            RequireSame(input, shuffled, 0, "the shuffled order is not the input's");
            RequireSame([.. input.Select(row => byId[row.Id])], shuffled, subject.Tolerance, "shuffled rows changed");
        }
    }

    /// <summary>A set of cursors has every row once; merged by Batch it is the serial order; its cursors may be read at the same time.</summary>
    public static void CursorSetsMergeToTheSerialOrder(EstimatorCase subject)
    {
        var view = Fit(subject).Transform(subject.Data);
        var serial = Snapshot.Of(view);
        foreach (int cursors in new[] { 1, 2, 3 })
        {
            var parts = Snapshot.OfSet(view, cursors);
            foreach (var part in parts)
            {
                Require(part.Zip(part.Skip(1)).All(pair => pair.First.Batch <= pair.Second.Batch), "Batch does not grow along a cursor of a set");
            }
            Require(parts.SelectMany((part, i) => part.Select(row => (row.Batch, i))).Distinct().GroupBy(pair => pair.Batch).All(group => group.Count() == 1), "two cursors of a set share a Batch");
            RequireSame(serial, [.. parts.SelectMany(part => part).OrderBy(row => row.Batch)], subject.Tolerance, $"a set of {cursors} cursors merged by Batch");
        }
        var together = view.GetRowCursorSet(view.Schema, 3).AsParallel().WithDegreeOfParallelism(3).Select(ReadAll).ToArray();
        RequireSame(serial, [.. together.SelectMany(part => part).OrderBy(row => row.Batch)], subject.Tolerance, "a set read by threads");
    }

    private static List<RowSnapshot> ReadAll(DataViewRowCursor cursor)
    {
        using (cursor)
        {
            var readers = cursor.Schema.Where(column => !column.IsHidden).Select(column => (column.Name, Read: Snapshot.Reader(cursor, column))).ToArray();
            var getId = cursor.GetIdGetter();
            var rows = new List<RowSnapshot>();
            while (cursor.MoveNext())
            {
                DataViewRowId id = default;
                getId(ref id);
                rows.Add(new RowSnapshot(id, cursor.Batch, readers.ToDictionary(reader => reader.Name, reader => reader.Read())));
            }
            return rows;
        }
    }

    /// <summary>The row mapper names what it depends on, needs nothing else, and gives the rows that Transform gives.</summary>
    public static void RowMapperAgreesWithTransform(EstimatorCase subject)
    {
        var transformer = Fit(subject);
        var expected = Snapshot.Of(transformer.Transform(subject.Data), subject.OutputColumns);
        var mapper = transformer.GetRowToRowMapper(subject.Data.Schema);
        var outputs = subject.OutputColumns.Select(name => mapper.OutputSchema[name]).ToArray();
        var dependencies = mapper.GetDependencies(outputs).ToArray();
        Require(dependencies.All(column => subject.InputColumns.Contains(column.Name)), $"the row mapper depends on {string.Join(", ", dependencies.Select(d => d.Name))}");
        using var cursor = subject.Data.GetRowCursor(dependencies);
        using var row = mapper.GetRow(cursor, outputs);
        var readers = outputs.Select(column => (column.Name, Read: Snapshot.Reader(row, row.Schema[column.Name]))).ToArray();
        var getId = row.GetIdGetter();
        var rows = new List<RowSnapshot>();
        while (cursor.MoveNext())
        {
            DataViewRowId id = default;
            getId(ref id);
            Require(row.Position == cursor.Position, "the mapped row's Position is not the row's");
            rows.Add(new RowSnapshot(id, row.Batch, readers.ToDictionary(reader => reader.Name, reader => reader.Read())));
        }
        RequireSame(expected, rows, subject.Tolerance, "the row mapper");
    }
}
