// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Weights;

/// <summary>What an operator does with a tensor of weights.</summary>
internal enum WeightRole
{
    /// <summary>The right matrix of MatMul or Gemm.</summary>
    RightMatrix,

    /// <summary>The left matrix of MatMul or Gemm.</summary>
    LeftMatrix,

    /// <summary>The filters of Conv.</summary>
    Filters,

    /// <summary>The filters of ConvTranspose.</summary>
    TransposedFilters,

    /// <summary>W or R of GRU, LSTM or RNN.</summary>
    Recurrence,

    /// <summary>The table that Gather picks from.</summary>
    Table,
}
