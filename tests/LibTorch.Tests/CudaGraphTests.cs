namespace LibTorch.Tests;

/// <summary>The stand-in, which has the contract of a recording on a GPU.</summary>
[Collection(nameof(Counting))]
public sealed class CudaGraphTests
{
    [Fact]
    public void Replays_read_inputs_and_overwrite_outputs_in_place()
    {
        using var scope = torch.NewDisposeScope();
        var input = torch.tensor([1f, 2f]);
        using var graph = CudaGraph.Record(torch.CPU, () => [input * 3, input + 1]);
        var (tripled, next) = (graph.Outputs[0], graph.Outputs[1]);
        graph.Replay();
        Assert.Equal([3f, 6f], tripled.data<float>().ToArray());
        input.fill_(5);
        Assert.Equal([3f, 6f], tripled.data<float>().ToArray());
        graph.Replay();
        Assert.Equal([15f, 15f], tripled.data<float>().ToArray());
        Assert.Equal([6f, 6f], next.data<float>().ToArray());
    }

    [Fact]
    public void Nothing_can_be_read_before_the_first_replay()
    {
        using var scope = torch.NewDisposeScope();
        var input = torch.tensor([1f, 2f]);
        using var graph = CudaGraph.Record(torch.CPU, () => [input * 3]);
        Assert.All(graph.Outputs[0].data<float>().ToArray(), x => Assert.True(float.IsNaN(x)));
    }

    [Fact]
    public void Outputs_outlive_the_scope_and_end_with_the_graph()
    {
        var before = Accelerator.LiveTensors;
        using var input = torch.ones(2);
        CudaGraph graph;
        using (torch.NewDisposeScope())
        {
            graph = CudaGraph.Record(torch.CPU, () => [(input * 3) + 1]);
        }

        graph.Replay();
        Assert.Equal([4f, 4f], graph.Outputs[0].data<float>().ToArray());
        Assert.Equal(before + 2, Accelerator.LiveTensors);
        graph.Dispose();
        Assert.Equal(before + 1, Accelerator.LiveTensors);
        Assert.Throws<ObjectDisposedException>(graph.Replay);
    }

    [Fact]
    public void Fault_of_the_work_is_its_own()
    {
        var fault = Assert.Throws<TorchException>(() => CudaGraph.Record(torch.CPU, () => [torch.ones(2) + torch.ones(3)]));
        Assert.Contains("size", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recording_where_there_is_no_gpu_says_why_it_cannot_be()
    {
        if (torch.cuda.is_available())
        {
            return;
        }

        Assert.Contains("could not be recorded as a CUDA graph", Assert.Throws<GraphCaptureException>(() => CudaGraph.Record(torch.CUDA, () => [])).Message, StringComparison.Ordinal);
    }
}
