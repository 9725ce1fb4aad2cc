// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Conformance.Tests.Onnx;

internal sealed class TypedRow
{
    public float Single = 1.5f;
    public double Double = 0.25;
    public int Int32 = -1;
    public long Int64 = -2;
    public uint UInt32 = 3;
    public ulong UInt64 = 4;
    public short Int16 = -5;
    public ushort UInt16 = 6;
    public sbyte SByte = -7;
    public byte Byte = 8;
    public bool Boolean = true;
    public string String = "t";
    [VectorType(4)]
    public float[] Four = [1, 2, 3, 4];
    [VectorType(2)]
    public string[] Texts = ["a", "b"];
}
