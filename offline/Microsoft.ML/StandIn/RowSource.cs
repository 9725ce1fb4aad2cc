// SPDX-License-Identifier: MIT
using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>Makes getters that read members of an object.</summary>
internal static class RowSource<TRow>
    where TRow : class
{
    private static readonly MethodInfo ScalarMethod = Method(nameof(Scalar)), VectorMethod = Method(nameof(Vector)), ArrayMethod = Method(nameof(FromArray));

    /// <summary>A getter of the column's raw type for a member of the object that is current at each call.</summary>
    internal static Delegate Getter(RowMember member, Func<TRow> current)
    {
        Type type = member.MemberType;
        if (type == typeof(string))
        {
            Func<TRow, string> text = MemberAccess<TRow>.Getter<string>(member.Member);
            return (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = text(current()).AsMemory());
        }

        if (type == typeof(string[]))
        {
            Func<TRow, string[]> texts = MemberAccess<TRow>.Getter<string[]>(member.Member);
            return (ValueGetter<VBuffer<ReadOnlyMemory<char>>>)((ref VBuffer<ReadOnlyMemory<char>> value) => Copy(texts(current()), ref value));
        }

        if (member.ColumnType is KeyDataViewType key)
        {
            return KeyGetter(member, key.Count, current);
        }

        MethodInfo method = type.IsArray ? ArrayMethod.MakeGenericMethod(type.GetElementType())
            : member.ColumnType is VectorDataViewType vector ? VectorMethod.MakeGenericMethod(vector.ItemType.RawType)
            : ScalarMethod.MakeGenericMethod(type);
        return (Delegate)method.Invoke(null, [member.Member, current]);
    }

    private static ValueGetter<T> Scalar<T>(MemberInfo member, Func<TRow> current)
    {
        Func<TRow, T> get = MemberAccess<TRow>.Getter<T>(member);
        return (ref T value) => value = get(current());
    }

    private static ValueGetter<VBuffer<T>> Vector<T>(MemberInfo member, Func<TRow> current)
    {
        Func<TRow, VBuffer<T>> get = MemberAccess<TRow>.Getter<VBuffer<T>>(member);
        return (ref VBuffer<T> value) => get(current()).CopyTo(ref value);
    }

    private static ValueGetter<VBuffer<T>> FromArray<T>(MemberInfo member, Func<TRow> current)
    {
        Func<TRow, T[]> get = MemberAccess<TRow>.Getter<T[]>(member);
        return (ref VBuffer<T> value) =>
        {
            T[] items = get(current());
            VBuffer<T>.Copy(items, 0, ref value, items?.Length ?? 0);
        };
    }

    private static void Copy(string[] texts, ref VBuffer<ReadOnlyMemory<char>> value)
    {
        VBufferEditor<ReadOnlyMemory<char>> editor = VBufferEditor.Create(ref value, texts?.Length ?? 0);
        for (int i = 0; i < editor.Values.Length; i++)
        {
            editor.Values[i] = texts[i].AsMemory();
        }

        value = editor.Commit();
    }

    // In an object the first key is 0; in a view it is 1, and 0 means missing, which is also what a number out of range becomes.
    private static Delegate KeyGetter(RowMember member, ulong count, Func<TRow> current)
    {
        if (member.MemberType == typeof(byte))
        {
            Func<TRow, byte> get = MemberAccess<TRow>.Getter<byte>(member.Member);
            return (ValueGetter<byte>)((ref byte value) => value = get(current()) is var v && v < count ? (byte)(v + 1) : (byte)0);
        }

        if (member.MemberType == typeof(uint))
        {
            Func<TRow, uint> get = MemberAccess<TRow>.Getter<uint>(member.Member);
            return (ValueGetter<uint>)((ref uint value) => value = get(current()) is var v && v < count ? v + 1 : 0);
        }

        if (member.MemberType == typeof(ulong))
        {
            Func<TRow, ulong> get = MemberAccess<TRow>.Getter<ulong>(member.Member);
            return (ValueGetter<ulong>)((ref ulong value) => value = get(current()) is var v && v < count ? v + 1 : 0);
        }

        throw new TargetInvocationException(new InvalidOperationException());
    }

    private static MethodInfo Method(string name) => typeof(RowSource<TRow>).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static);
}
