using OmniGen2.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Layers;

public sealed class RecordedStepTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly List<string> _told = [];
    private readonly GraphPolicy _policy;
    private readonly Tensor _input = ones(2);
    private int _runs;

    public RecordedStepTests() => _policy = new GraphPolicy(CPU, tell: _told.Add) { IsAnywhere = true };

    [Fact]
    public void First_run_is_plain_the_second_recorded_and_results_stay_as_they_were()
    {
        using var step = new RecordedStep(_policy, Triple);
        var first = step.Run()[0];
        Assert.Equal(0, _policy.Recordings);
        _input.fill_(2);
        var second = step.Run()[0];
        Assert.Equal(1, _policy.Recordings);
        _input.fill_(3);
        var third = step.Run()[0];
        Assert.Equal(1, _policy.Recordings);
        Assert.Equal([3f, 6f, 9f], new[] { first, second, third }.Select(t => t.Floats()[0]));
    }

    [Fact]
    public void Step_after_which_there_is_no_other_is_not_recorded()
    {
        using var step = new RecordedStep(_policy, Triple);
        step.Run();
        Assert.Equal([3f, 3f], step.Run(goesOn: false)[0].Floats());
        Assert.Equal((0, 2), (_policy.Recordings, _runs));
    }

    [Fact]
    public void What_cannot_be_recorded_runs_plainly_and_is_told_once()
    {
        var calls = 0;
        using var step = new RecordedStep(_policy, () => ++calls == 2 ? throw new GraphCaptureException("No operator 7.") : [_input * 3]);
        using var other = new RecordedStep(_policy, Triple);
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal([3f, 3f], step.Run()[0].Floats());
            Assert.Equal([3f, 3f], other.Run()[0].Floats());
        }

        Assert.False(_policy.IsOn);
        Assert.Contains("No operator 7.", Assert.Single(_told), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_faults_are_not_hidden()
    {
        using var step = new RecordedStep(_policy, () => ++_runs is 2 ? throw new TorchException("as if") : [_input * 3]);
        step.Run();
        Assert.Equal("as if", Assert.Throws<TorchException>(() => step.Run()).Message);
        Assert.True(_policy.IsOn);
        Assert.Empty(_told);
    }

    [Fact]
    public void Weights_that_may_have_moved_are_recorded_anew_and_those_that_come_and_go_never()
    {
        using var step = new RecordedStep(_policy, Triple);
        step.Run();
        step.Run();
        _policy.Settle(weightsStay: true);
        step.Run();
        Assert.Equal(1, _policy.Recordings);
        step.Run();
        Assert.Equal(2, _policy.Recordings);

        _policy.Settle(weightsStay: false);
        step.Run();
        step.Run();
        Assert.Equal([3f, 3f], step.Run()[0].Floats());
        Assert.Equal(2, _policy.Recordings);
    }

    [Fact]
    public void Nothing_is_recorded_on_the_cpu_or_where_it_is_not_wanted()
    {
        Assert.False(new GraphPolicy(CPU).IsOn);
        Assert.True(new GraphPolicy(new Device("cuda:1")).IsOn);
        Assert.False(new GraphPolicy(new Device("cuda:1"), GraphUse.Off).IsOn);
    }

    public void Dispose() => _scope.Dispose();

    private IReadOnlyList<Tensor> Triple()
    {
        _runs++;
        return [_input * 3];
    }
}
