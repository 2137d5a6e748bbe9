using System.Runtime.InteropServices;

namespace LibTorch.Tests;

public sealed class FaultTests
{
    [Fact]
    public void Misfitting_shapes_are_an_exception_in_libtorchs_words()
    {
        using var scope = torch.NewDisposeScope();
        var e = Assert.ThrowsAny<ExternalException>(() => torch.ones(2, 3).matmul(torch.ones(4, 5)));
        Assert.IsType<TorchException>(e);
        Assert.Contains("mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception raised from", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_that_does_not_exist_is_an_exception_of_its_own()
    {
        var e = Assert.Throws<TorchOutOfMemoryException>(() => torch.empty([1L << 48]));
        Assert.Contains("allocate", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_call_reports_its_fault()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.ones(2, 3);
        Assert.Throws<TorchException>(() => x.add_(torch.ones(5)));
        Assert.Throws<TorchException>(() => x.topk(7));
        Assert.Throws<TorchException>(() => x.split([1, 5], 0));
        Assert.Throws<TorchException>(() => x.size(9));
        Assert.Throws<TorchException>(() => x.backward());
        Assert.Throws<TorchException>(() => x.to(torch.CUDA));
        Assert.Throws<TorchException>(() => torch.einsum("ij,jk->ik", x, torch.ones(4)));
        Assert.Throws<ArgumentException>(() => x.item<float>());
        Assert.Throws<ArgumentException>(() => torch.tensor([1f, 2f, 3f], [2, 2]));
        Assert.Throws<ArgumentException>(() => x.data<double>());
    }

    [Fact]
    public void Eight_threads_keep_their_faults_apart()
    {
        var threads = Enumerable.Range(1, 8).Select(n => new FaultyThread(n)).ToList();
        threads.ForEach(t => t.Thread.Join());
        Assert.All(threads, t => Assert.Equal(200, t.Right));
    }

    private sealed class FaultyThread
    {
        private readonly int _size;

        public FaultyThread(int size)
        {
            _size = size;
            Thread = new Thread(Run);
            Thread.Start();
        }

        public Thread Thread { get; }

        public int Right { get; private set; }

        private void Run()
        {
            for (var i = 0; i < 200; i++)
            {
                using var scope = torch.NewDisposeScope();
                try
                {
                    torch.ones(_size, 20).matmul(torch.ones(30, 5));
                }
                catch (TorchException e) when (e.Message.Contains($"({_size}x20 and 30x5)", StringComparison.Ordinal))
                {
                    Right++;
                }
            }
        }
    }
}
