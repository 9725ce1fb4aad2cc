// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.TestUtilities;

/// <summary>What every estimator of this library keeps to. Its tests call <see cref="Verify"/> for each kind of output that it has.</summary>
/// <remarks>One check redirects the temporary folder of the process: put the calling class into a collection that runs alone.</remarks>
public static partial class EstimatorContract
{
    /// <summary>Runs all checks.</summary>
    /// <exception cref="ContractViolationException">A check failed; it says which.</exception>
    public static void Verify(EstimatorCase subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        RequireUsefulData(subject);
        PromisedSchemaIsDelivered(subject);
        BadInputFailsInBothPlaces(subject);
        FittingColumnsAreNotNeededToScore(subject);
        NothingIsReadBeforeACursorMoves(subject);
        OnlyActiveColumnsAreServed(subject);
        ShuffledRowsKeepTheirScores(subject);
        CursorSetsMergeToTheSerialOrder(subject);
        RowMapperAgreesWithTransform(subject);
        FittingAndScoringRepeat(subject);
        ThreadsDoNotDisturbEachOther(subject);
        LoadedModelAgrees(subject);
        ScoringSurvivesAPredictionEngine(subject);
        NoFileIsLeftBehind(subject);
    }

    private static ITransformer Fit(EstimatorCase subject) => subject.Create().Fit(subject.Data);

    private static IDataView Without(IDataView data, params string[] columns) => new MLContext().Transforms.DropColumns(columns).Fit(data).Transform(data);

    // A check that must not fail and throws has found something as well.
    private static void Require(bool holds, string message, [CallerMemberName] string check = "")
    {
        if (!holds)
        {
            throw new ContractViolationException(check, message);
        }
    }

    private static void RequireSame(IReadOnlyList<RowSnapshot> expected, IReadOnlyList<RowSnapshot> actual, double tolerance, string what, bool ids = true, [CallerMemberName] string check = "")
    {
        if (Snapshot.Difference(expected, actual, tolerance, ids) is { } difference)
        {
            throw new ContractViolationException(check, $"{what}: {difference}");
        }
    }

    private static void RequireArgumentException(Action action, string says, string what, [CallerMemberName] string check = "")
    {
        try
        {
            action();
        }
        catch (ArgumentException refusal)
        {
            Require(refusal.Message.Contains(says, StringComparison.Ordinal), $"{what}: the message does not say '{says}': {refusal.Message}", check);
            return;
        }
        catch (Exception other)
        {
            throw new ContractViolationException(check, $"{what}: an ArgumentException is expected, not {other.GetType().Name}: {other.Message}");
        }
        throw new ContractViolationException(check, $"{what}: nothing is thrown");
    }

    private static void RequireUsefulData(EstimatorCase subject)
    {
        var data = subject.Data;
        bool[] has =
        [
            data.CanShuffle,
            data.GetRowCursorSet(data.Schema, 2).Length > 1,
            data.Schema.Any(column => column.Type is TextDataViewType),
            data.Schema.Any(column => column.Type is KeyDataViewType),
            HasSparse(data),
        ];
        if (has.Contains(false))
        {
            throw new ArgumentException("The data of a case must shuffle, give several cursors, and have text, key and sparse vector columns: see ContractData.", nameof(subject));
        }
    }

    private static bool HasSparse(IDataView data)
    {
        foreach (var column in data.Schema.Where(column => column.Type is VectorDataViewType { ItemType: NumberDataViewType } vector && vector.ItemType == NumberDataViewType.Single))
        {
            using var cursor = data.GetRowCursor([column]);
            var getter = cursor.GetGetter<VBuffer<float>>(column);
            VBuffer<float> value = default;
            while (cursor.MoveNext())
            {
                getter(ref value);
                if (!value.IsDense)
                {
                    return true;
                }
            }
        }
        return false;
    }
}
