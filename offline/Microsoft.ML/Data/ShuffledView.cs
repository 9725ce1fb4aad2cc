// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>The rows of a view drawn from a pool that is filled again in their order.</summary>
internal sealed class ShuffledView : SourceView
{
    private readonly IDataView _input;
    private readonly int _seed;
    private readonly int _poolSize;
    private readonly bool _shuffleSource;

    internal ShuffledView(IDataView input, int seed, int poolSize, bool shuffleSource)
        : base(input.Schema)
    {
        _input = input;
        _seed = seed;
        _poolSize = poolSize;
        _shuffleSource = shuffleSource;
    }

    public override bool CanShuffle => true;

    public override long? GetRowCount() => _input.GetRowCount();

    protected override DataViewRowCursor MakeCursor(bool[] active, Random rand)
    {
        rand ??= new Random(_seed);
        Random source = _shuffleSource && _input.CanShuffle ? new Random(rand.Next()) : null;
        return new Cursor(_input.GetRowCursor(ActiveColumns.Columns(Schema, active), source), active, rand, _poolSize);
    }

    private sealed class Cursor : SourceCursor
    {
        private readonly DataViewRowCursor _input;
        private readonly Random _random;
        private readonly int _poolSize;
        private readonly ColumnStore[] _stores;
        private readonly List<Action<int>> _writers = [];
        private readonly List<int> _filled = [];
        private readonly List<DataViewRowId> _ids = [];
        private int _place = -1;
        private bool _started;

        internal Cursor(DataViewRowCursor input, bool[] active, Random random, int poolSize)
            : base(input.Schema, active)
        {
            _input = input;
            _random = random;
            _poolSize = poolSize;
            _stores = [.. input.Schema.Select(c => active[c.Index] ? RawValues.For(c.Type).NewStore() : null)];
            _writers.AddRange(input.Schema.Where(c => active[c.Index]).Select(c => _stores[c.Index].Writer(input, c)));
            ValueGetter<DataViewRowId> id = input.GetIdGetter();
            _writers.Add(place =>
            {
                DataViewRowId value = default;
                id(ref value);
                if (place == _ids.Count)
                {
                    _ids.Add(value);
                }
                else
                {
                    _ids[place] = value;
                }
            });
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = _ids[Place()];

        protected override bool Advance()
        {
            if (!_started)
            {
                _started = true;
                while (_filled.Count < _poolSize && Read(_filled.Count))
                {
                    _filled.Add(_filled.Count);
                }
            }
            else if (Read(_place))
            {
                _filled.Add(_place);
            }

            if (_filled.Count == 0)
            {
                return false;
            }

            int drawn = _random.Next(_filled.Count);
            _place = _filled[drawn];
            _filled[drawn] = _filled[^1];
            _filled.RemoveAt(_filled.Count - 1);
            return true;
        }

        protected override Delegate MakeGetter(int column) => _stores[column].Reader(Place);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _input.Dispose();
            }

            base.Dispose(disposing);
        }

        private bool Read(int place)
        {
            if (!_input.MoveNext())
            {
                return false;
            }

            foreach (Action<int> write in _writers)
            {
                write(place);
            }

            return true;
        }

        private int Place()
        {
            CheckOnRow();
            return _place;
        }
    }
}
