// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Pipelines;

/// <summary>Which column feeds which input of a model.</summary>
/// <param name="ColumnName">The column: a number, key or boolean, or a vector of them with a fixed length, of the input's element type.</param>
/// <param name="ModelInput">The input's name in the graph.</param>
public sealed record OnnxInputColumn(string ColumnName, string ModelInput);
