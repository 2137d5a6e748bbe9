using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LibTorch.Tests;

[Collection(nameof(Counting))]
public sealed unsafe class MemoryTests
{
    [Fact]
    public void A_mapped_tensor_reads_and_shares_its_memory()
    {
        var memory = new Memory(3);
        using var scope = torch.NewDisposeScope();
        var x = Accelerator.FromMapped(memory.Pointer, [3], float32, memory);
        Check.Same(x, 0, 1, 2);
        ((float*)memory.Pointer)[1] = 50;
        Check.Same(x, 0, 50, 2);
        GC.KeepAlive(memory);
    }

    [Fact]
    public void The_owner_lives_until_the_last_view_is_gone()
    {
        using var scope = torch.NewDisposeScope();
        var owner = MakeViewed(out var view);
        Collect();
        Assert.True(IsAlive(owner));
        Check.Same(view, 1, 2);
        view.Dispose();
        Collect();
        Assert.False(IsAlive(owner));
    }

    [Fact]
    public void A_refused_mapping_lets_go_of_its_owner()
    {
        var owner = MakeRefused();
        Collect();
        Assert.False(IsAlive(owner));
    }

    [Fact]
    public void Mapped_pages_can_be_forgotten_and_come_back_from_the_file()
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, MemoryMarshal.AsBytes<float>([.. Enumerable.Range(0, 10000).Select(i => (float)i)]).ToArray());
        using (var file = System.IO.MemoryMappedFiles.MemoryMappedFile.CreateFromFile(path, FileMode.Open))
        using (var view = file.CreateViewAccessor(0, 0, System.IO.MemoryMappedFiles.MemoryMappedFileAccess.Read))
        {
            var pointer = view.SafeMemoryMappedViewHandle.DangerousGetHandle();
            using var scope = torch.NewDisposeScope();
            Accelerator.PreferLargePages(pointer, 40000);
            var x = Accelerator.FromMapped(pointer, [10000], float32, view);
            Accelerator.Prefetch(pointer, 40000);
            Check.Same(x.sum(), 49995000);
            Accelerator.Release(pointer, 40000);
            Check.Same(x.sum(), 49995000);
            Accelerator.Release(pointer, 40000);
            using (var handle = File.OpenHandle(path))
            {
                Accelerator.Forget(handle);
            }

            Check.Same(x.sum(), 49995000);
        }

        File.Delete(path);
    }

    [Fact]
    public void Memory_can_be_trimmed_at_any_time()
    {
        using (torch.ones(1 << 22))
        {
            Accelerator.TrimMemory();
        }

        Accelerator.TrimMemory();
    }

    [Fact]
    public void The_number_of_threads_can_be_set()
    {
        var before = torch.get_num_threads();
        Accelerator.SetThreads(1);
        Assert.Equal(1, torch.get_num_threads());
        Accelerator.SetThreads(before);
        Assert.Equal(before, torch.get_num_threads());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<Memory> MakeViewed(out Tensor view)
    {
        var memory = new Memory(3);
        using var whole = Accelerator.FromMapped(memory.Pointer, [3], float32, memory);
        view = whole[1..];
        return new WeakReference<Memory>(memory);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<Memory> MakeRefused()
    {
        var memory = new Memory(3);
        Assert.Throws<TorchException>(() => Accelerator.FromMapped(memory.Pointer, [-3], float32, memory));
        return new WeakReference<Memory>(memory);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsAlive(WeakReference<Memory> owner) => owner.TryGetTarget(out _);

    private static void Collect()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    /// <summary>0, 1, 2, … in memory that the collector does not move.</summary>
    private sealed class Memory
    {
        private readonly float[] _values;

        public Memory(int count)
        {
            _values = GC.AllocateUninitializedArray<float>(count, pinned: true);
            for (var i = 0; i < count; i++)
            {
                _values[i] = i;
            }
        }

        public nint Pointer => (nint)Unsafe.AsPointer(ref _values[0]);
    }
}
