// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Pipelines;
using MLNetExtensions.TestUtilities;

namespace MLNetExtensions.Core.Tests.Pipelines;

/// <summary>Each check of the contract finds an estimator that breaks just that.</summary>
[Collection(ContractCollection.Name)]
public sealed class ContractCanFailTests
{
    private static readonly EstimatorCase Good = CentroidContractTests.Binary();

    [Fact]
    public void A_promise_of_another_type_is_found() => Finds(nameof(EstimatorContract.PromisedSchemaIsDelivered), inner => new BrokenEstimator(inner)
    {
        PromiseWith = shape => SchemaShapes.Append(inner.GetOutputSchema(shape), [SchemaShapes.ColumnOf(new DataViewSchema.DetachedColumn("Score", NumberDataViewType.Double))]),
    });

    [Fact]
    public void A_promise_that_leaves_a_column_out_is_found() => Finds(nameof(EstimatorContract.PromisedSchemaIsDelivered), inner => new BrokenEstimator(inner)
    {
        PromiseWith = shape => new SchemaShape(inner.GetOutputSchema(shape).Where(column => column.Name != "Probability")),
    });

    [Fact]
    public void A_promise_without_checks_is_found() => Finds(nameof(EstimatorContract.BadInputFailsInBothPlaces), inner => new BrokenEstimator(inner)
    {
        PromiseWith = shape => SchemaShapes.Append(shape, inner.GetOutputSchema(SchemaShapes.Of(Good.Data.Schema)).Where(column => SchemaShapes.Find(shape, column.Name) is null)),
    });

    [Fact]
    public void A_fit_that_fails_with_the_wrong_exception_is_found() => Finds(nameof(EstimatorContract.BadInputFailsInBothPlaces), inner => new BrokenEstimator(inner)
    {
        FitWith = data =>
        {
            try
            {
                return inner.Fit(data);
            }
            catch (ArgumentException refusal)
            {
                throw new InvalidOperationException(refusal.Message);
            }
        },
    });

    [Fact]
    public void A_transformer_that_demands_the_label_is_found() => Finds(nameof(EstimatorContract.FittingColumnsAreNotNeededToScore), inner => Fitted(inner, model => new BrokenTransformer(model)
    {
        TransformWith = data => data.Schema.GetColumnOrNull("Label") is null ? throw new ArgumentException("There is no Label.") : model.Transform(data),
    }));

    [Fact]
    public void An_eager_transformer_is_found() => Finds(nameof(EstimatorContract.NothingIsReadBeforeACursorMoves), inner => Fitted(inner, model => new BrokenTransformer(model)
    {
        TransformWith = data =>
        {
            using var cursor = data.GetRowCursor([]);
            cursor.MoveNext();
            return model.Transform(data);
        },
    }));

    [Fact]
    public void A_cursor_that_says_everything_is_active_is_found() =>
        Finds(nameof(EstimatorContract.OnlyActiveColumnsAreServed), inner => Viewed(inner, view => new BrokenDataView(view)
        {
            CursorWith = (columns, rand) => new BrokenDataView.Cursor(view.GetRowCursor(columns, rand)) { ActiveWith = _ => true },
        }));

    [Fact]
    public void A_cursor_that_reads_every_column_is_found() => Finds(nameof(EstimatorContract.OnlyActiveColumnsAreServed), inner => Viewed(inner, view => new BrokenDataView(view)
    {
        CursorWith = (_, rand) => view.GetRowCursor(view.Schema, rand),
    }));

    [Fact]
    public void A_cursor_that_pairs_shuffled_rows_with_other_scores_is_found() => Finds(nameof(EstimatorContract.ShuffledRowsKeepTheirScores), inner => Viewed(inner, view => new BrokenDataView(view)
    {
        CursorWith = (columns, rand) => new BrokenDataView.Cursor(view.GetRowCursor(columns, rand)) { Noise = () => rand is null ? 0 : 1 },
    }));

    [Fact]
    public void A_view_that_does_not_shuffle_is_found() => Finds(nameof(EstimatorContract.ShuffledRowsKeepTheirScores), inner => Viewed(inner, view => new BrokenDataView(view)
    {
        CursorWith = (columns, _) => view.GetRowCursor(columns),
    }));

    [Fact]
    public void A_set_that_loses_its_batch_numbers_is_found() => Finds(nameof(EstimatorContract.CursorSetsMergeToTheSerialOrder), inner => Viewed(inner, view => new BrokenDataView(view)
    {
        SetWith = (columns, n, rand) => Array.ConvertAll(view.GetRowCursorSet(columns, n, rand), cursor => new BrokenDataView.Cursor(cursor) { BatchWith = () => 0 }),
    }));

    [Fact]
    public void A_set_that_loses_rows_is_found() => Finds(nameof(EstimatorContract.CursorSetsMergeToTheSerialOrder), inner => Viewed(inner, view => new BrokenDataView(view)
    {
        SetWith = (columns, n, rand) => view.GetRowCursorSet(columns, n, rand)[..1],
    }));

    [Fact]
    public void A_row_mapper_that_needs_the_label_is_found() => Finds(nameof(EstimatorContract.RowMapperAgreesWithTransform), inner => Fitted(inner, model => new BrokenTransformer(model)
    {
        MapWith = schema => new GreedyMapper(model.GetRowToRowMapper(schema)),
    }));

    [Fact]
    public void A_fit_that_does_not_repeat_is_found()
    {
        float noise = 0;
        Finds(nameof(EstimatorContract.FittingAndScoringRepeat), inner => new BrokenEstimator(inner)
        {
            FitWith = data =>
            {
                float mine = noise++;
                var model = inner.Fit(data);
                return new BrokenTransformer(model)
                {
                    TransformWith = rows =>
                    {
                        var view = model.Transform(rows);
                        return new BrokenDataView(view) { CursorWith = (columns, rand) => new BrokenDataView.Cursor(view.GetRowCursor(columns, rand)) { Noise = () => mine } };
                    },
                };
            },
        }, EstimatorContract.FittingAndScoringRepeat);
    }

    [Fact]
    public void Cursors_that_share_state_are_found()
    {
        int open = 0;
        Finds(nameof(EstimatorContract.ThreadsDoNotDisturbEachOther), inner => Viewed(inner, view => new BrokenDataView(view)
        {
            CursorWith = (columns, rand) =>
            {
                int others = Interlocked.Increment(ref open) - 1;
                Thread.Sleep(others == 0 ? 20 : 0);
                var cursor = view.GetRowCursor(columns, rand);
                return new BrokenDataView.Cursor(cursor)
                {
                    Noise = () => others,
                    MoveWith = () => cursor.MoveNext() || Interlocked.Decrement(ref open) < 0,
                };
            },
        }), EstimatorContract.ThreadsDoNotDisturbEachOther);
    }

    [Fact]
    public void A_saved_face_that_scores_otherwise_is_found()
    {
        var other = CentroidContractTests.Binary("SparseFeatures").Create().Fit(ContractData.Create(seed: 4));
        Finds(nameof(EstimatorContract.LoadedModelAgrees), inner => Fitted(inner, model => new BrokenTransformer(model) { SaveWith = other.Save }));
    }

    [Fact]
    public void A_saved_face_with_other_columns_is_found()
    {
        var other = CentroidContractTests.Binary(prefix: "Other").Create().Fit(Good.Data);
        Finds(nameof(EstimatorContract.LoadedModelAgrees), inner => Fitted(inner, model => new BrokenTransformer(model) { SaveWith = other.Save }));
    }

    [Fact]
    public void A_transformer_that_dies_with_an_engine_is_found() => Finds(nameof(EstimatorContract.ScoringSurvivesAPredictionEngine), inner => Fitted(inner, model =>
    {
        bool disposed = false;
        return new BrokenTransformer(model)
        {
            DisposeWith = () => disposed = true,
            TransformWith = data => disposed ? throw new ObjectDisposedException("model") : model.Transform(data),
        };
    }));

    [Fact]
    public void A_file_left_by_saving_is_found() => Finds(nameof(EstimatorContract.NoFileIsLeftBehind), inner => Fitted(inner, model => new BrokenTransformer(model)
    {
        SaveWith = context =>
        {
            model.Save(context);
            File.WriteAllText(Path.Combine(Path.GetTempPath(), "left.onnx"), "left");
        },
    }));

    [Fact]
    public void Data_without_awkward_columns_is_refused() =>
        Assert.Throws<ArgumentException>(() => EstimatorContract.Verify(Good with { Data = new MLContext().Transforms.SelectColumns("Features", "Label").Fit(Good.Data).Transform(Good.Data) }));

    private static void Finds(string check, Func<IEstimator<ITransformer>, IEstimator<ITransformer>> breakIt, Action<EstimatorCase>? run = null)
    {
        var subject = Good with { Create = () => breakIt(Good.Create()) };
        var violation = Assert.Throws<ContractViolationException>(() => (run ?? EstimatorContract.Verify)(subject));
        Assert.Equal(check, violation.Check);
    }

    private static BrokenEstimator Fitted(IEstimator<ITransformer> inner, Func<ITransformer, ITransformer> breakIt) => new(inner) { FitWith = data => breakIt(inner.Fit(data)) };

    private static BrokenEstimator Viewed(IEstimator<ITransformer> inner, Func<IDataView, IDataView> breakIt) =>
        Fitted(inner, model => new BrokenTransformer(model) { TransformWith = data => breakIt(model.Transform(data)) });

    private sealed class GreedyMapper(IRowToRowMapper inner) : IRowToRowMapper
    {
        public DataViewSchema InputSchema => inner.InputSchema;

        public DataViewSchema OutputSchema => inner.OutputSchema;

        public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
            inner.GetDependencies(dependingColumns).Append(InputSchema["Label"]);

        public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => inner.GetRow(input, activeColumns);
    }
}
