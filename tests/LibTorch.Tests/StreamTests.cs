namespace LibTorch.Tests;

/// <summary>Streams, events and the memory of a device: on the CPU there is nothing to wait for, and nothing goes wrong; on a GPU the waits are what keeps the numbers right.</summary>
public sealed class StreamTests
{
    private static readonly Device Place = torch.cuda.is_available() ? new Device("cuda") : torch.CPU;

    [Fact]
    public void Copies_in_a_stream_of_their_own_arrive_before_what_waits_for_them()
    {
        using var scope = torch.NewDisposeScope();
        using var copies = DeviceStream.Create(Place);
        using var compute = DeviceStream.Current(Place);
        using var copied = new DeviceEvent(Place);
        using var used = new DeviceEvent(Place);
        var source = Accelerator.HostBuffer(1 << 20, float32, Place);
        var target = torch.zeros([1 << 20], dtype: float32, device: Place);
        used.Record(compute);
        for (var i = 1; i <= 20; i++)
        {
            copied.Synchronize();
            source.fill_(i);
            used.HoldBack(copies);
            using (copies.Use())
            {
                target.copy_(source, nonBlocking: true);
                copied.Record(copies);
            }

            copied.HoldBack(compute);
            Assert.Equal((i, i), (target.min().item<float>(), target.max().item<float>()));
            used.Record(compute);
        }

        copies.Synchronize();
        compute.Synchronize();
        Assert.True(copied.IsReached && used.IsReached);
    }

    [Fact]
    public void An_event_that_was_never_set_holds_nobody_back()
    {
        using var stream = DeviceStream.Create(Place);
        using var never = new DeviceEvent(Place);
        never.HoldBack(stream);
        never.Synchronize();
        Assert.True(never.IsReached);
        Assert.Equal(Place, stream.Device);
    }

    [Fact]
    public void What_was_disposed_is_not_used_again()
    {
        var stream = DeviceStream.Create(torch.CPU);
        var mark = new DeviceEvent(torch.CPU);
        mark.Dispose();
        stream.Dispose();
        stream.Dispose();
        Assert.Throws<ObjectDisposedException>(() => mark.Record(DeviceStream.Current(torch.CPU)));
        Assert.Throws<ObjectDisposedException>(stream.Synchronize);
    }

    [Fact]
    public void Memory_that_the_device_reads_holds_numbers_as_any_other()
    {
        using var buffer = Accelerator.HostBuffer(1000, bfloat16, Place);
        buffer.fill_(3);
        Assert.Equal(2000, Accelerator.Bytes(buffer).Length);
        Assert.Equal(3000, buffer.to(float32).sum().item<float>());
    }

    [Fact]
    public void The_allocator_of_the_cpu_says_nothing_and_empties_without_harm()
    {
        Assert.Null(Accelerator.DeviceUse(torch.CPU));
        Accelerator.ResetPeak(torch.CPU);
        Accelerator.EmptyCache(torch.CPU);
    }
}
