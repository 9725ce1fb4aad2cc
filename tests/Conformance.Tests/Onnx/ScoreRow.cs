// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Conformance.Tests.Onnx;

internal sealed class ScoreRow
{
    [ColumnName("score_"), VectorType(1)]
    public float[] Score = [];
}
