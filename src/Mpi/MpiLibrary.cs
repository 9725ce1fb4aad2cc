// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Text;

namespace MLNetExtensions.Mpi;

/// <summary>Open MPI's C library, as far as collectives need it.</summary>
/// <remarks>
/// MPI has no common binary interface. Open MPI's handles are addresses of what its library exports, MPICH's are numbers; so only the former is
/// bound here, by the name that Open MPI's releases from 2 on share. All calls but loading are made by one thread.
/// </remarks>
internal sealed unsafe class MpiLibrary
{
    /// <summary>The name of the library on Linux.</summary>
    public const string FileName = "libmpi.so.40";

    private const int Funneled = 1;
    private const nint InPlace = 1;
    private const int LongestString = 8192;

    private readonly nint _library;
    private readonly string _name;
    private readonly nint _world, _float, _double, _sum;
    private readonly delegate* unmanaged[Cdecl]<void*, void*, int, nint, nint, nint, int> _allReduce;
    private readonly delegate* unmanaged[Cdecl]<void*, int, nint, void*, int, nint, nint, int> _allToAll, _allGather;
    private readonly delegate* unmanaged[Cdecl]<nint, int> _barrier;
    private readonly delegate* unmanaged[Cdecl]<nint, int, int> _abort;
    private readonly delegate* unmanaged[Cdecl]<int> _finalize;

    private MpiLibrary(nint library, string name)
    {
        _library = library;
        _name = name;
        _world = Export("ompi_mpi_comm_world");
        _float = Export("ompi_mpi_float");
        _double = Export("ompi_mpi_double");
        _sum = Export("ompi_mpi_op_sum");
        _allReduce = (delegate* unmanaged[Cdecl]<void*, void*, int, nint, nint, nint, int>)Export("MPI_Allreduce");
        _allToAll = (delegate* unmanaged[Cdecl]<void*, int, nint, void*, int, nint, nint, int>)Export("MPI_Alltoall");
        _allGather = (delegate* unmanaged[Cdecl]<void*, int, nint, void*, int, nint, nint, int>)Export("MPI_Allgather");
        _barrier = (delegate* unmanaged[Cdecl]<nint, int>)Export("MPI_Barrier");
        _abort = (delegate* unmanaged[Cdecl]<nint, int, int>)Export("MPI_Abort");
        _finalize = (delegate* unmanaged[Cdecl]<int>)Export("MPI_Finalize");
    }

    /// <summary>Loads the library; MPI is not yet started.</summary>
    /// <exception cref="DllNotFoundException">There is no such library.</exception>
    /// <exception cref="NotSupportedException">It is not Open MPI's.</exception>
    public static MpiLibrary Load(string name = FileName)
    {
        if (!NativeLibrary.TryLoad(name, out nint library))
        {
            string other = NativeLibrary.TryLoad("libmpi.so.12", out _) || NativeLibrary.TryLoad("libmpich.so.12", out _)
                ? " MPICH is installed, but its binary interface is another one." : "";
            throw new DllNotFoundException(
                $"Open MPI's library {name} could not be loaded.{other} Install Open MPI 2 or newer (on Debian and Ubuntu: apt-get install openmpi-bin), or train in one process.");
        }
        return new MpiLibrary(library, name);
    }

    /// <summary>Starts MPI on this thread, which makes all calls from now on.</summary>
    /// <returns>The rank, and the number of ranks.</returns>
    /// <exception cref="InvalidOperationException">MPI could not be started, or was by someone else.</exception>
    public (int Rank, int Size) Start()
    {
        int flag, provided, rank, size;
        Check(((delegate* unmanaged[Cdecl]<int*, int>)Export("MPI_Initialized"))(&flag), "MPI_Initialized");
        if (flag != 0)
        {
            throw new InvalidOperationException("MPI was already started by other code of this process, on a thread that is not ours.");
        }
        Check(((delegate* unmanaged[Cdecl]<int*, byte***, int, int*, int>)Export("MPI_Init_thread"))(null, null, Funneled, &provided), "MPI_Init_thread");
        if (provided < Funneled)
        {
            throw new InvalidOperationException($"{_name} was built without threads: {Version()}. Install a build with them.");
        }
        Check(((delegate* unmanaged[Cdecl]<nint, nint, int>)Export("MPI_Comm_set_errhandler"))(_world, Export("ompi_mpi_errors_return")), "MPI_Comm_set_errhandler");
        Check(((delegate* unmanaged[Cdecl]<nint, int*, int>)Export("MPI_Comm_rank"))(_world, &rank), "MPI_Comm_rank");
        Check(((delegate* unmanaged[Cdecl]<nint, int*, int>)Export("MPI_Comm_size"))(_world, &size), "MPI_Comm_size");
        return (rank, size);
    }

    /// <summary>The library's own words for what it is; callable before MPI is started.</summary>
    public string Version()
    {
        byte* text = stackalloc byte[LongestString];
        int length;
        Check(((delegate* unmanaged[Cdecl]<byte*, int*, int>)Export("MPI_Get_library_version"))(text, &length), "MPI_Get_library_version");
        return Encoding.UTF8.GetString(text, Math.Min(length, LongestString)).TrimEnd('\0');
    }

    /// <summary>Makes one call.</summary>
    /// <returns>MPI's code; 0 for success.</returns>
    public int Execute(in MpiRequest request)
    {
        nint type = request.IsDouble ? _double : _float;
        void* send = (void*)(request.Send == 0 ? InPlace : request.Send), receive = (void*)request.Receive;
        return request.Call switch
        {
            MpiCall.AllReduceSum => _allReduce(send, receive, request.Count, type, _sum, _world),
            MpiCall.AllToAll => _allToAll(send, request.Count, type, receive, request.Count, type, _world),
            MpiCall.AllGather => _allGather(send, request.Count, type, receive, request.Count, type, _world),
            MpiCall.Barrier => _barrier(_world),
            MpiCall.Abort => _abort(_world, request.Count),
            _ => _finalize(),
        };
    }

    /// <summary>What a code means.</summary>
    public string Describe(int code)
    {
        byte* text = stackalloc byte[LongestString];
        int length;
        return ((delegate* unmanaged[Cdecl]<int, byte*, int*, int>)Export("MPI_Error_string"))(code, text, &length) == 0
            ? Encoding.UTF8.GetString(text, Math.Min(length, LongestString)) : $"MPI's code {code}";
    }

    private void Check(int code, string function)
    {
        if (code != 0)
        {
            throw new InvalidOperationException($"{function} of {_name} failed: {Describe(code)}.");
        }
    }

    private nint Export(string symbol) => NativeLibrary.TryGetExport(_library, symbol, out nint address)
        ? address
        : throw new NotSupportedException($"{_name} is not Open MPI's: it has no '{symbol}'. Other MPI libraries have another binary interface; install Open MPI 2 or newer and let its library be found first.");
}
