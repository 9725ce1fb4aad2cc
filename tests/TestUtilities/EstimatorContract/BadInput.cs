// SPDX-License-Identifier: MIT
using Microsoft.ML;

namespace MLNetExtensions.TestUtilities;

/// <summary>Data that an estimator must refuse.</summary>
/// <param name="Data">The data.</param>
/// <param name="Says">What the message must contain: usually the column's name.</param>
/// <param name="ShapeShowsIt">False where a promised schema can't show it, such as the length of a vector.</param>
public sealed record BadInput(IDataView Data, string Says, bool ShapeShowsIt = true);
