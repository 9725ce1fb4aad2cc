// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Pipelines;

namespace MLNetExtensions.TestUtilities;

public static partial class EstimatorContract
{
    /// <summary>The columns that the estimator promises are those that the transformer delivers: names, kinds, types, annotations.</summary>
    public static void PromisedSchemaIsDelivered(EstimatorCase subject)
    {
        var promised = subject.Create().GetOutputSchema(SchemaShapes.Of(subject.Data.Schema));
        var transformer = Fit(subject);
        var schema = transformer.GetOutputSchema(subject.Data.Schema);
        var delivered = SchemaShapes.Of(schema);
        foreach (var column in delivered)
        {
            var promise = SchemaShapes.Find(promised, column.Name);
            Require(promise is not null, $"column '{column.Name}' is delivered and was not promised");
            Require(Describe(promise!.Value) == Describe(column), $"'{column.Name}' is promised as {Describe(promise.Value)} and delivered as {Describe(column)}");
        }
        foreach (var promise in promised)
        {
            Require(SchemaShapes.Find(delivered, promise.Name) is not null, $"column '{promise.Name}' is promised and not delivered");
        }
        foreach (string output in subject.OutputColumns)
        {
            Require(SchemaShapes.Find(promised, output) is not null, $"the output column '{output}' is not promised");
        }
        Require(transformer.IsRowToRowMapper, "the transformer says that it does not map rows one by one");
        Require(SameColumns(schema, transformer.Transform(subject.Data).Schema), "GetOutputSchema and Transform give different schemas");
        Require(SameColumns(schema, transformer.GetRowToRowMapper(subject.Data.Schema).OutputSchema), "GetOutputSchema and the row mapper give different schemas");
    }

    /// <summary>What is missing or of a wrong type is refused by <c>GetOutputSchema</c> and by <c>Fit</c>, as an ArgumentException that names it.</summary>
    public static void BadInputFailsInBothPlaces(EstimatorCase subject)
    {
        var bad = subject.InputColumns.Concat(subject.FittingColumns).Select(name => new BadInput(Without(subject.Data, name), name)).Concat(subject.BadInputs);
        foreach (var input in bad)
        {
            if (input.ShapeShowsIt)
            {
                RequireArgumentException(() => subject.Create().GetOutputSchema(SchemaShapes.Of(input.Data.Schema)), input.Says, $"GetOutputSchema on bad data ({input.Says})");
            }
            RequireArgumentException(() => subject.Create().Fit(input.Data), input.Says, $"Fit on bad data ({input.Says})");
        }
        var transformer = Fit(subject);
        foreach (string name in subject.InputColumns)
        {
            var lacking = Without(subject.Data, name);
            RequireArgumentException(() => transformer.GetOutputSchema(lacking.Schema), name, $"the transformer's GetOutputSchema without '{name}'");
            RequireArgumentException(() => transformer.Transform(lacking), name, $"Transform without '{name}'");
        }
    }

    /// <summary>Rows without label, weight and group score like any others.</summary>
    public static void FittingColumnsAreNotNeededToScore(EstimatorCase subject)
    {
        if (subject.FittingColumns.Count == 0)
        {
            return;
        }
        var transformer = Fit(subject);
        var unlabelled = Without(subject.Data, [.. subject.FittingColumns]);
        IReadOnlyList<RowSnapshot> scores;
        try
        {
            scores = Snapshot.Of(transformer.Transform(unlabelled), subject.OutputColumns);
        }
        catch (ArgumentException refusal)
        {
            throw new ContractViolationException(nameof(FittingColumnsAreNotNeededToScore), $"unlabelled rows do not score: {refusal.Message}");
        }
        RequireSame(Snapshot.Of(transformer.Transform(subject.Data), subject.OutputColumns), scores, 0, "unlabelled rows score otherwise");
    }

    private static string Describe(SchemaShape.Column column) =>
        $"{column.Kind} of {(column.IsKey ? "key " : "")}{column.ItemType} with {{{string.Join(", ", column.Annotations.Select(a => $"{a.Name}: {a.Kind} of {a.ItemType}").Order())}}}";

    private static bool SameColumns(DataViewSchema a, DataViewSchema b) =>
        a.Count == b.Count && a.Zip(b).All(pair => pair.First.Name == pair.Second.Name && pair.First.Type.Equals(pair.Second.Type) && pair.First.IsHidden == pair.Second.IsHidden);
}
