// SPDX-License-Identifier: MIT
using System.Runtime.ExceptionServices;
using System.Runtime.Intrinsics;

namespace MLNetExtensions.Numerics.Products;

/// <summary>Computes one product at a time for the thread that it belongs to, with the help of threads of the pool.</summary>
/// <remarks>
/// The owner queues helpers and takes slabs of C itself until none is left; then it waits only for slabs that a helper has begun. So a
/// busy pool costs time but never a deadlock, and a helper that comes late finds nothing to do, or a slab of a later product. It is
/// the work item of the pool itself: queueing allocates nothing.
/// </remarks>
internal sealed unsafe class ProductRun : IThreadPoolWorkItem
{
    /// <summary>Multiplications below which a slab is not worth handing over to another thread.</summary>
    private const long LeastWork = 1 << 18;

    /// <summary>Tiles are 6 rows high.</summary>
    private const int RowUnit = 6;

    /// <summary>A multiple of every panel's width and of what is computed together in a product with a vector.</summary>
    private const int WideUnit = 64;

    [ThreadStatic]
    private static ProductRun? _instance;

    private Product _product;
    private ProductPath _path;
    private bool _byRows;
    private int _unit, _finished;
    private long _slabs; // slabs in all << 32 | slabs taken
    private ExceptionDispatchInfo? _failure;

    /// <summary>Computes a product.</summary>
    public static void Execute(in Product product, ProductPath path, int threads)
    {
        // Slabs along the longer side, cut where tiles end.
        bool byRows = product.Rows >= product.Columns;
        int unit = byRows && !product.IsVector ? RowUnit : WideUnit, length = byRows ? product.Rows : product.Columns;
        int slabs = (int)Math.Min(Math.Min(threads, (length + unit - 1) / unit), product.Work / LeastWork);
        if (slabs <= 1)
        {
            Compute(product, path);
        }
        else
        {
            (_instance ??= new ProductRun()).Share(product, path, byRows, unit, slabs);
        }
    }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute() => TakeSlabs();

    private void Share(in Product product, ProductPath path, bool byRows, int unit, int slabs)
    {
        (_product, _path, _byRows, _unit, _finished, _failure) = (product, path, byRows, unit, 0, null);
        Volatile.Write(ref _slabs, (long)slabs << 32);
        for (int helper = 1; helper < slabs; helper++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
        TakeSlabs();
        WaitFor(slabs);
        _failure?.Throw();
    }

    // Helpers write to memory that only the caller keeps in place: not even an interrupt may end the wait before they have finished.
    private void WaitFor(int slabs)
    {
        SpinWait wait = default;
        bool interrupted = false;
        while (Volatile.Read(ref _finished) < slabs)
        {
            try
            {
                wait.SpinOnce(sleep1Threshold: -1);
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
        }
        if (interrupted)
        {
            Thread.CurrentThread.Interrupt();
        }
    }

    private void TakeSlabs()
    {
        while (true)
        {
            // Taking a slab is what makes the fields safe to read: they stay as they are until all slabs that were taken are finished.
            long state = Volatile.Read(ref _slabs);
            int slab = (int)state, slabs = (int)(state >> 32);
            if (slab >= slabs)
            {
                return;
            }
            if (Interlocked.CompareExchange(ref _slabs, state + 1, state) == state)
            {
                ComputeSlab(slab, slabs);
            }
        }
    }

    private void ComputeSlab(int slab, int slabs)
    {
        try
        {
            int length = _byRows ? _product.Rows : _product.Columns, units = (length + _unit - 1) / _unit;
            int start = Math.Min(length, (int)((long)units * slab / slabs) * _unit), end = Math.Min(length, (int)((long)units * (slab + 1) / slabs) * _unit);
            Compute(_byRows ? _product.RowsOf(start, end - start) : _product.ColumnsOf(start, end - start), _path);
        }
        catch (OutOfMemoryException error)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
        }
        finally
        {
            Interlocked.Increment(ref _finished);
        }
    }

    private static void Compute(in Product product, ProductPath path)
    {
        switch (path)
        {
            case ProductPath.Avx512:
                Compute<Vector512<float>, Avx512Lanes>(product);
                break;
            case ProductPath.Avx2:
                Compute<Vector256<float>, Avx2Lanes>(product);
                break;
            default:
                Compute<System.Numerics.Vector<float>, PortableLanes>(product);
                break;
        }
    }

    private static void Compute<TVector, TLanes>(in Product product)
        where TLanes : struct, ILanes<TVector>
    {
        if (product.IsVector)
        {
            MatrixVectorProduct<TVector, TLanes>.Multiply(product);
        }
        else
        {
            BlockedProduct<TVector, TLanes>.Multiply(product);
        }
    }
}
