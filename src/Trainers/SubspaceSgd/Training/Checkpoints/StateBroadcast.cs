// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd.Training.Checkpoints;

/// <summary>Gives all ranks the state of one: the others add zeros to it.</summary>
internal sealed class StateBroadcast(RankGroup ranks, int from) : IStateVisitor
{
    private readonly double[] _one = new double[1];

    public void Visit(ref long value)
    {
        // Counts of steps: exact in a double.
        double number = value;
        Visit(ref number);
        value = (long)number;
    }

    public void Visit(ref double value)
    {
        _one[0] = value;
        Visit(_one.AsSpan());
        value = _one[0];
    }

    public void Visit(Span<float> values)
    {
        ClearOthers(values);
        ranks.Sum(values);
    }

    public void Visit(Span<double> values)
    {
        ClearOthers(values);
        ranks.Sum(values);
    }

    private void ClearOthers<T>(Span<T> values)
    {
        if (ranks.Rank != from)
        {
            values.Clear();
        }
    }
}
