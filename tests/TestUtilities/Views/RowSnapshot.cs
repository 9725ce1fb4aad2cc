// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.TestUtilities;

/// <summary>One row as it was read: values are numbers, strings, and arrays for vectors.</summary>
public sealed record RowSnapshot(DataViewRowId Id, long Batch, IReadOnlyDictionary<string, object> Values);
