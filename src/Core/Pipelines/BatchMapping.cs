// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Pipelines;

/// <summary>The faces that ML.NET asks of a transformer, made from one mapping of batches.</summary>
public static class BatchMapping
{
    /// <summary>The input's columns and those that the mapper adds; a new column hides an old one of its name.</summary>
    public static DataViewSchema OutputSchema(DataViewSchema input, IBatchMapper mapper)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(mapper);
        return new MappedSchema(input, mapper).Output;
    }

    /// <summary>A view with the mapper's columns added. Its cursors read a batch of rows ahead; where a value can't be copied, or no new column is asked for, rows go through one by one.</summary>
    public static IDataView Transform(IDataView input, IBatchMapper mapper)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(mapper);
        return new BatchedDataView(input, mapper);
    }

    /// <summary>The mapping of single rows, for prediction engines.</summary>
    public static IRowToRowMapper MapRows(DataViewSchema input, IBatchMapper mapper)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(mapper);
        return new RowToRowMapper(input, mapper);
    }
}
