using System.Reflection;
using System.Runtime.InteropServices;

namespace LibTorch.Tests;

public sealed class ShimTests
{
    [Fact]
    public void Every_declared_function_is_in_the_shim()
    {
        var shim = NativeLibrary.Load(Path.Combine(AppContext.BaseDirectory, "libtorchshim.so"));
        var declared = typeof(Native).GetMethods(BindingFlags.NonPublic | BindingFlags.Static).Where(m => m.Name.StartsWith("ts_", StringComparison.Ordinal)).Select(m => m.Name).ToList();
        Assert.True(declared.Count > 300);
        Assert.All(declared, name => Assert.True(NativeLibrary.TryGetExport(shim, name, out _), name));
    }

    [Fact]
    public void Version_and_build_are_told()
    {
        Assert.Matches(@"^\d+\.\d+", torch.__version__);
        Assert.Contains("libtorch " + torch.__version__, Accelerator.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_cores_are_used() => Assert.Equal(Environment.ProcessorCount, torch.get_num_threads());

    /// <summary>libtorch's parallel loops lie in a header: compiled without OpenMP they silently run on one thread.</summary>
    [Fact]
    public void Loops_of_the_shim_are_shared_out_by_OpenMP() =>
        Assert.True(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "libtorchshim.so")).AsSpan().IndexOf("GOMP_parallel"u8) > 0);
}
