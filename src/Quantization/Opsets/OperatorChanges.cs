// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Opsets;

/// <summary>In which opsets after 7, up to 21, each standard operator changed, and whether a node needs anything done for it.</summary>
/// <remarks>From the operator changelog of ONNX. A change that is listed here and has no rule only admits more element types,
/// or adds an attribute or input whose default is what the operator did before.</remarks>
internal static class OperatorChanges
{
    /// <summary>The opset that 4-bit <c>DequantizeLinear</c> needs.</summary>
    public const int Target = 21;

    /// <summary>The oldest opset whose operators are known here; before it, broadcasting was another.</summary>
    public const int Oldest = 7;

    private static readonly string[] Lines =
    [
        ": Acos Acosh AffineGrid And Asin Asinh Atan Atanh Bernoulli BitShift BitwiseAnd BitwiseNot BitwiseOr BitwiseXor BlackmanWindow Celu",
        ": CenterCropPad Col2Im ConcatFromSequence ConvInteger Cos Cosh DeformConv Det DynamicQuantizeLinear Einsum Elu EyeLike Gelu",
        ": GlobalAveragePool GlobalLpPool GlobalMaxPool HammingWindow HannWindow HardSigmoid HardSwish ImageDecoder InstanceNormalization",
        ": LayerNormalization LpNormalization MatMulInteger MaxRoiPool MelWeightMatrix Mish Multinomial Not Optional Or QLinearConv RandomNormal",
        ": RandomNormalLike RandomUniform RandomUniformLike Range RegexFullMatch ReverseSequence Round STFT Selu SequenceAt SequenceConstruct",
        ": SequenceEmpty SequenceErase SequenceInsert SequenceLength SequenceMap Shrink Sin Sinh Softplus Softsign SplitToSequence StringConcat",
        ": StringNormalizer StringSplit Tan TfIdfVectorizer ThresholdedRelu Trilu Unique Xor",
        "11: Compress Conv ConvTranspose MaxUnpool NonMaxSuppression OneHot",
        "13: Abs Ceil Erf Exp Expand Floor GatherElements LRN Log MeanVarianceNormalization Mod Neg NegativeLogLikelihoodLoss NonZero",
        "13: Reciprocal Sigmoid Sign SoftmaxCrossEntropyLoss SpaceToDepth Sqrt Tanh Tile",
        "14: CumSum GRU LSTM RNN",
        "16: GreaterOrEqual LeakyRelu LessOrEqual Where",
        "18: OptionalGetElement OptionalHasElement",
        "20: IsInf",
        "21: QLinearMatMul",
        "8 13: Mean Sum",
        "9 13: Greater Less MatMul",
        "9 16: PRelu",
        "11 13: Concat DepthToSpace Gather",
        "11 18: LpPool",
        "12 13: GatherND",
        "13 14: Add Div Mul Relu Sub",
        "13 20: IsNaN",
        "13 21: Transpose",
        "19 21: CastLike",
        "20 21: ConstantOfShape",
        "8 12 13: Max Min",
        "9 11 13: Gemm",
        "11 12 13: ArgMax ArgMin",
        "11 13 19: Equal",
        "12 13 15: Pow",
        "13 16 18: ScatterElements ScatterND",
        "13 19 21: DequantizeLinear QuantizeLinear Size",
        "8 10 11 12: MaxPool",
        "9 11 13 21: Flatten",
        "9 13 19 21: Cast",
        "13 14 19 21: Reshape",
        "13 15 19 21: Shape",
        "11 13 16 19 21: If Loop",
        "13 14 16 19 21: Identity",
        "9 11 12 13 19 21: Constant",
        // Those that have a rule, at the versions marked '!'.
        "9! 14! 15: BatchNormalization",
        "10 11 19!: AveragePool",
        "10! 11: TopK",
        "10! 11 13: Slice",
        "10! 12! 13: Dropout",
        "11! 12 13: Clip",
        "11! 13 18 19 21: Pad",
        "11! 13! 18 19: Resize",
        "9! 10!: Upsample",
        "11!: Scatter",
        "11 13!: ReduceSum Softmax LogSoftmax Hardmax",
        "11 13! 18!: Split",
        "11 13! 21: Squeeze Unsqueeze",
        "11 13 18!: ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMean ReduceProd ReduceSumSquare",
        "11 12 13 18! 20: ReduceMax ReduceMin",
        "16!: RoiAlign",
        "20!: GridSample DFT",
        "21!: GroupNormalization",
        "9! 11 16 19 21: Scan",
    ];

    private static readonly Dictionary<string, (int Opset, bool HasRule)[]> Changes = Parse();

    /// <summary>Whether the operator is known at all.</summary>
    public static bool Knows(string operatorType) => Changes.ContainsKey(operatorType);

    /// <summary>The next opset after the given one in which the operator changed, up to <see cref="Target"/>, or null.</summary>
    public static (int Opset, bool HasRule)? NextAfter(string operatorType, int opset)
    {
        foreach (var change in Changes[operatorType])
        {
            if (change.Opset > opset)
            {
                return change;
            }
        }
        return null;
    }

    private static Dictionary<string, (int, bool)[]> Parse()
    {
        var changes = new Dictionary<string, (int, bool)[]>(StringComparer.Ordinal);
        foreach (string line in Lines)
        {
            string[] sides = line.Split(':');
            (int, bool)[] opsets =
            [
                .. sides[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(text => (int.Parse(text.TrimEnd('!'), System.Globalization.CultureInfo.InvariantCulture), text.EndsWith('!'))),
            ];
            foreach (string name in sides[1].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                changes.Add(name, opsets);
            }
        }
        return changes;
    }
}
