// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training.Checkpoints;

/// <summary>Reads a state that was written down.</summary>
internal sealed class StateReader(BinaryReader reader) : IStateVisitor
{
    public void Visit(ref long value) => value = reader.ReadInt64();

    public void Visit(ref double value) => value = reader.ReadDouble();

    public void Visit(Span<float> values) => reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values));

    public void Visit(Span<double> values) => reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values));
}
