namespace LibTorch.Tests;

[Collection(nameof(Counting))]
public sealed class ScopeTests
{
    [Fact]
    public void Ten_thousand_tensors_in_scopes_leave_none_alive()
    {
        var before = Accelerator.LiveTensors;
        for (var round = 0; round < 100; round++)
        {
            using var scope = torch.NewDisposeScope();
            var x = torch.ones(4);
            for (var i = 0; i < 98; i++)
            {
                x = x * 1.01;
            }

            Assert.Equal(99, scope.DisposablesCount);
        }

        Assert.Equal(before, Accelerator.LiveTensors);
    }

    [Fact]
    public void Moved_out_a_tensor_lives_as_long_as_the_outer_scope()
    {
        Tensor kept;
        using (torch.NewDisposeScope())
        {
            using (torch.NewDisposeScope())
            {
                var lost = torch.zeros(2);
                kept = (lost + 1).MoveToOuterDisposeScope();
            }

            Check.Same(kept, 1, 1);
        }

        Assert.Throws<ObjectDisposedException>(() => kept.sum());
    }

    [Fact]
    public void Detached_a_tensor_outlives_all_scopes()
    {
        Tensor kept;
        using (torch.NewDisposeScope())
        {
            kept = torch.ones(2).DetachFromDisposeScope();
        }

        Check.Same(kept, 1, 1);
        kept.Dispose();
    }

    [Fact]
    public void Everything_but_the_kept_one_is_disposed_at_once()
    {
        using var scope = torch.NewDisposeScope();
        var a = torch.ones(2);
        var b = torch.ones(2);
        scope.DisposeEverythingBut(b);
        Assert.True(a.IsInvalid);
        Assert.False(b.IsInvalid);
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void A_tensor_disposed_on_another_thread_does_not_confuse_its_scope()
    {
        using var scope = torch.NewDisposeScope();
        var a = torch.ones(2);
        var b = torch.ones(2);
        var other = new Thread(a.Dispose);
        other.Start();
        other.Join();
        scope.Dispose();
        Assert.True(a.IsInvalid);
        Assert.True(b.IsInvalid);
    }

    [Fact]
    public void A_tensor_nobody_holds_is_freed_by_the_collector()
    {
        var before = Accelerator.LiveTensors;
        Forget();
        for (var i = 0; i < 10 && Accelerator.LiveTensors > before; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.True(Accelerator.LiveTensors <= before);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Forget() => _ = torch.ones(3);
}
