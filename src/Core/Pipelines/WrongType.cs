// SPDX-License-Identifier: MIT
using Microsoft.ML;

namespace MLNetExtensions.Pipelines;

internal static class WrongType
{
    public static InvalidOperationException Of<TValue>(DataViewSchema.Column column) =>
        new($"Column '{column.Name}' holds {column.Type}, whose values are {column.Type.RawType}; a getter of {typeof(TValue)} was asked for.");
}
