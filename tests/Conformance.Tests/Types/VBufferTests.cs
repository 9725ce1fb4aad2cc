// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Conformance.Tests.Types;

public class VBufferTests
{
    private static readonly VBuffer<float> Sparse = new(5, 2, [1, 2], [1, 3]);

    [Fact]
    public void A_sparse_vector_gives_explicit_values_or_all()
    {
        Assert.False(Sparse.IsDense);
        Assert.Equal([0, 1, 0, 2, 0], Sparse.DenseValues());
        Assert.Equal([KeyValuePair.Create(1, 1f), KeyValuePair.Create(3, 2f)], Sparse.Items());
        Assert.Equal(5, Sparse.Items(all: true).Count());
        Assert.Equal([1, 3], Sparse.GetIndices().ToArray());
        Assert.Equal((0f, 2f), (Sparse.GetItemOrDefault(0), Sparse.GetItemOrDefault(3)));
        Assert.Equal("Sparse vector of size 5, 2 explicit values", Sparse.ToString());
    }

    [Fact]
    public void A_vector_with_all_values_is_dense_and_has_no_indices()
    {
        var full = new VBuffer<float>(2, 2, [1, 2], [0, 1]);
        Assert.True(full.IsDense);
        Assert.Equal(0, full.GetIndices().Length);
        Assert.True(default(VBuffer<float>).IsDense);
    }

    [Fact]
    public void Copies_are_sparse_where_the_vector_is()
    {
        VBuffer<float> part = default, dense = default;
        Sparse.CopyTo(ref part, 1, 3);
        Assert.Equal([1, 0, 2], part.DenseValues());
        Assert.False(part.IsDense);
        Sparse.CopyToDense(ref dense);
        Assert.True(dense.IsDense);
        float[] span = new float[7];
        Sparse.CopyTo(span, 1, -1);
        Assert.Equal([0, -1, 1, -1, 2, -1, 0], span);
    }

    [Fact]
    public void Bad_lengths_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("length", () => new VBuffer<float>(-1, null));
        Assert.Throws<ArgumentOutOfRangeException>("values", () => new VBuffer<float>(3, new float[2]));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => new VBuffer<float>(3, 5, new float[5], new int[5]));
        Assert.Throws<ArgumentOutOfRangeException>("indices", () => new VBuffer<float>(3, 2, new float[2], new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>("index", () => Sparse.GetItemOrDefault(5));
        Assert.Throws<ArgumentOutOfRangeException>("destination", () => Sparse.CopyTo(new float[3]));
    }

    [Fact]
    public void An_editor_reuses_arrays_that_are_long_enough()
    {
        var vector = new VBuffer<float>(4, [1, 2, 3, 4]);
        VBufferEditor<float> editor = VBufferEditor.Create(ref vector, 2);
        Assert.False(editor.CreatedNewValues);
        Assert.Equal(1, editor.Values[0]);
    }

    [Fact]
    public void An_editor_keeps_old_values_when_it_is_told_to()
    {
        var vector = new VBuffer<float>(2, [1, 2]);
        VBufferEditor<float> editor = VBufferEditor.Create(ref vector, 4, keepOldOnResize: true);
        Assert.True(editor.CreatedNewValues);
        Assert.Equal([1, 2, 0], editor.Values[..3].ToArray());
    }

    [Fact]
    public void An_editor_makes_sparse_vectors_and_truncates_them()
    {
        VBuffer<float> vector = default;
        VBufferEditor<float> editor = VBufferEditor.Create(ref vector, 4, 2);
        editor.Values[0] = 5;
        editor.Indices[0] = 3;
        vector = editor.CommitTruncated(1);
        Assert.Equal([0, 0, 0, 5], vector.DenseValues());
    }

    [Fact]
    public void An_editor_refuses_lengths_that_contradict()
    {
        Assert.Throws<ArgumentOutOfRangeException>("valuesCount", () =>
        {
            VBuffer<float> vector = default;
            VBufferEditor.Create(ref vector, 4, 5);
        });
        Assert.Throws<ArgumentOutOfRangeException>("indices", () =>
        {
            VBuffer<float> vector = default;
            VBufferEditor.Create(ref vector, 4).CommitTruncated(2);
        });
    }
}
