// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Planning;

/// <summary>The ways in which quantized weights meet their operator, as far as ONNX Runtime tells them apart.</summary>
internal enum RuntimePattern
{
    /// <summary><c>MatMulNBits</c> in the file.</summary>
    MatMulNBits,

    /// <summary><c>MatMulNBits</c> in the file, with real zero points.</summary>
    MatMulNBitsWithRealZeroPoints,

    /// <summary>DequantizeLinear, then MatMul or Gemm: a matrix of its own, in the same graph, to the right, not transposed.</summary>
    Matrix,

    /// <summary>The same with an Add of offsets between.</summary>
    MatrixWithOffsets,

    /// <summary>The same read by several operators.</summary>
    SharedMatrix,

    /// <summary>A Gemm with alpha, beta or transA.</summary>
    ScaledGemm,

    /// <summary>A transposed matrix that can't be stored the other way round, or one that is first cut or moved.</summary>
    MovedMatrix,

    /// <summary>Read in another graph than it stands in.</summary>
    MatrixOfOuterGraph,

    /// <summary>The left matrix.</summary>
    LeftMatrix,

    /// <summary>More than two dimensions.</summary>
    StackedMatrices,

    /// <summary>64-bit weights.</summary>
    DoubleMatrix,

    /// <summary>Conv and ConvTranspose.</summary>
    Filters,

    /// <summary>GRU, LSTM and RNN.</summary>
    Recurrence,

    /// <summary>Gather.</summary>
    Table,
}
