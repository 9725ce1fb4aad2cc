// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>Finds out, from how long the first steps take on one thread, whether handing them to several pays. It never changes a result.</summary>
internal sealed class Grain(bool always)
{
    // The first calls run code that is not yet optimised.
    private const int LeastSamples = 4, MostSamples = 64;
    private static readonly TimeSpan Obvious = TimeSpan.FromMilliseconds(1), Worth = TimeSpan.FromMicroseconds(60);

    private TimeSpan _least = TimeSpan.MaxValue;
    private int _samples;

    public bool IsWorthThreads => always || (_samples >= MostSamples ? _least > Worth : _samples >= LeastSamples && _least > Obvious);

    public void Observe(TimeSpan time)
    {
        _samples++;
        _least = time < _least ? time : _least;
    }
}
