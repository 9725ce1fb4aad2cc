// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Mpi.Tests;

public sealed class MpiLibraryTests
{
    [Fact]
    public void An_absent_library_is_named_with_what_to_do()
    {
        var thrown = Assert.Throws<DllNotFoundException>(() => MpiLibrary.Load("libmpi-absent.so.40"));

        Assert.Contains("libmpi-absent.so.40 could not be loaded", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install openmpi-bin", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_without_Open_MPIs_handles_is_refused()
    {
        // Any library will do that every such system has.
        string library = OperatingSystem.IsWindows() ? "kernel32.dll" : OperatingSystem.IsMacOS() ? "libSystem.dylib" : "libc.so.6";

        var thrown = Assert.Throws<NotSupportedException>(() => MpiLibrary.Load(library));

        Assert.Contains($"{library} is not Open MPI's: it has no 'ompi_mpi_comm_world'", thrown.Message, StringComparison.Ordinal);
    }
}
