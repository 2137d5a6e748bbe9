namespace LibTorch.Tests;

public sealed class ProfileTests
{
    [Fact]
    public void Operators_are_counted_by_what_they_were_called_for()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.ones([3, 4], requires_grad: true);
        var times = Accelerator.Profile(() =>
        {
            x.mm(x.t()).sum().backward();
            using var noGrad = torch.no_grad();
            x.mm(x.t());
        });
        Assert.Equal(1, Calls("aten::mm", OperatorPhase.Forward));
        Assert.Equal(2, Calls("aten::mm", OperatorPhase.Backward));
        Assert.Equal(1, Calls("aten::mm", OperatorPhase.Plain));
        Assert.All(times, t => Assert.True(t.Seconds >= 0));
        Assert.Equal(times.OrderByDescending(t => t.Seconds), times);

        long Calls(string name, OperatorPhase phase) => times.Single(t => t.Name == name && t.Phase == phase).Calls;
    }

    [Fact]
    public void Nothing_is_counted_afterwards_and_a_fault_ends_it()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Throws<InvalidOperationException>(() => Accelerator.Profile(() => throw new InvalidOperationException()));
        torch.ones(3).exp();
        Assert.DoesNotContain(Accelerator.Profile(() => { }), t => t.Name == "aten::exp");
    }
}
