// SPDX-License-Identifier: MIT
using System.Text;
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>Reads files line by line and splits the lines into fields. Empty lines and lines that begin with # or // are left out.</summary>
internal sealed class TextLines
{
    private readonly IMultiStreamSource _source;
    private readonly TextLoader.Options _options;
    private readonly char[] _separators;

    internal TextLines(IMultiStreamSource source, TextLoader.Options options)
    {
        _source = source;
        _options = options;
        _separators = options.Separators is { Length: > 0 } given ? given : ['\t'];
    }

    /// <summary>The number of fields of the first line, or null where there is none.</summary>
    internal int? FirstWidth()
    {
        foreach ((_, List<string> fields) in Read())
        {
            return fields.Count;
        }

        return null;
    }

    internal IEnumerable<(long Line, List<string> Fields)> Read()
    {
        long rows = 0;
        for (int file = 0; file < _source.Count; file++)
        {
            using TextReader reader = _source.OpenTextReader(file);
            long number = 0;
            bool header = _options.HasHeader;
            while (rows < (_options.MaxRows ?? long.MaxValue) && reader.ReadLine() is { } line)
            {
                number++;
                if (line.Length == 0 || line.StartsWith('#') || line.StartsWith("//", StringComparison.Ordinal))
                {
                    continue;
                }

                if (header)
                {
                    header = false;
                    continue;
                }

                var fields = new List<string>();
                while (!Split(line, fields) && _options.ReadMultilines && reader.ReadLine() is { } next)
                {
                    number++;
                    line = line + "\n" + next;
                    fields.Clear();
                }

                rows++;
                yield return (number, fields);
            }
        }
    }

    /// <summary>Splits a line; false where a quoted field does not end.</summary>
    private bool Split(string line, List<string> fields)
    {
        int at = 0;
        while (true)
        {
            while (at < line.Length && line[at] == ' ' && !IsSeparator(' '))
            {
                at++;
            }

            if (_options.AllowQuoting && at < line.Length && line[at] == '"')
            {
                if (!Quoted(line, ref at, fields))
                {
                    return false;
                }
            }
            else
            {
                int end = at;
                while (end < line.Length && !IsSeparator(line[end]))
                {
                    end++;
                }

                string field = line[at..end];
                fields.Add(_options.TrimWhitespace ? field.TrimEnd() : field);
                at = end;
            }

            if (at >= line.Length)
            {
                return true;
            }

            at++;
        }
    }

    private bool Quoted(string line, ref int at, List<string> fields)
    {
        var text = new StringBuilder();
        at++;
        bool closed = false;
        while (at < line.Length && !closed)
        {
            char c = line[at++];
            bool escapes = c == _options.EscapeChar && at < line.Length && line[at] == '"';
            if (escapes)
            {
                text.Append('"');
                at++;
            }
            else if (c == '"')
            {
                closed = true;
            }
            else
            {
                text.Append(c);
            }
        }

        while (closed && at < line.Length && !IsSeparator(line[at]))
        {
            at++;
        }

        fields.Add(text.ToString());
        return closed;
    }

    private bool IsSeparator(char c) => Array.IndexOf(_separators, c) >= 0;
}
