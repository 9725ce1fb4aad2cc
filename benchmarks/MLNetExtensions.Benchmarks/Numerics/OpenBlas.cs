// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace MLNetExtensions.Benchmarks.Numerics;

/// <summary>OpenBLAS on one thread, where it is installed (Debian: <c>libopenblas0-pthread</c>).</summary>
internal sealed unsafe class OpenBlas : IDisposable
{
    private const string Library = "libopenblas.so.0";
    private const int RowMajor = 101, NotTransposed = 111, Transposed = 112;

    private readonly nint _handle;
    private readonly delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> _matrixProduct;
    private readonly delegate* unmanaged<int, int, int, int, float, float*, int, float*, int, float, float*, int, void> _vectorProduct;

    private OpenBlas(nint handle)
    {
        _handle = handle;
        _matrixProduct = (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)NativeLibrary.GetExport(handle, "cblas_sgemm");
        _vectorProduct = (delegate* unmanaged<int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)NativeLibrary.GetExport(handle, "cblas_sgemv");
        ((delegate* unmanaged<int, void>)NativeLibrary.GetExport(handle, "openblas_set_num_threads"))(1);
        Configuration = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)NativeLibrary.GetExport(handle, "openblas_get_config"))()) ?? "";
    }

    /// <summary>Version and kernel, in its own words.</summary>
    public string Configuration { get; }

    /// <summary>Loads the library.</summary>
    /// <returns>Null where it is not installed.</returns>
    public static OpenBlas? TryLoad() => NativeLibrary.TryLoad(Library, out nint handle) ? new OpenBlas(handle) : null;

    /// <summary>C = op(A) op(B), as <see cref="MLNetExtensions.Numerics.MatrixProduct"/> has it.</summary>
    public void Multiply(float[] a, bool transposeA, float[] b, bool transposeB, float[] c, int rows, int columns, int inner)
    {
        fixed (float* pointerA = a, pointerB = b, pointerC = c)
        {
            _matrixProduct(
                RowMajor, transposeA ? Transposed : NotTransposed, transposeB ? Transposed : NotTransposed, rows, columns, inner, 1,
                pointerA, transposeA ? rows : inner, pointerB, transposeB ? inner : columns, 0, pointerC, columns);
        }
    }

    /// <summary>y = op(A) x, where A lies rows x columns.</summary>
    public void MultiplyVector(float[] a, bool transposed, float[] x, float[] y, int rows, int columns)
    {
        fixed (float* pointerA = a, pointerX = x, pointerY = y)
        {
            _vectorProduct(RowMajor, transposed ? Transposed : NotTransposed, rows, columns, 1, pointerA, columns, pointerX, 1, 0, pointerY, 1);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => NativeLibrary.Free(_handle);
}
