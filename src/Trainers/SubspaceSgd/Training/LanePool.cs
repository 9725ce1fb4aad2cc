// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>Lends a lane to each thread that works; there are as many as threads.</summary>
internal sealed class LanePool(IEnumerable<Lane> lanes)
{
    private readonly Stack<Lane> _free = new(lanes);

    public Lane Take()
    {
        lock (_free)
        {
            return _free.Pop();
        }
    }

    public void Return(Lane lane)
    {
        lock (_free)
        {
            _free.Push(lane);
        }
    }
}
