namespace LibTorch.Tests;

public sealed class ArithmeticTests : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();
    private readonly Tensor _a = torch.tensor([1.0, 2.0, 6.0]);
    private readonly Tensor _b = torch.tensor([4.0, 5.0, 4.0]);

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Operators_work_element_by_element()
    {
        Check.Same(_a + _b, 5, 7, 10);
        Check.Same(_a - _b, -3, -3, 2);
        Check.Same(_a * _b, 4, 10, 24);
        Check.Same(_a / _b, 0.25, 0.4, 1.5);
        Check.Same(_b % _a, 0, 1, 4);
        Check.Same(-_a, -1, -2, -6);
    }

    [Fact]
    public void Numbers_stand_on_either_side()
    {
        Check.Same(_a + 1, 2, 3, 7);
        Check.Same(1 + _a, 2, 3, 7);
        Check.Same(_a - 1, 0, 1, 5);
        Check.Same(1 - _a, 0, -1, -5);
        Check.Same(2f * _a, 2, 4, 12);
        Check.Same(_a * 2L, 2, 4, 12);
        Check.Same(_a / 2, 0.5, 1, 3);
        Check.Same(6 / _a, 6, 3, 1);
        Check.Same(_a % 2, 1, 0, 0);
    }

    [Fact]
    public void Whole_tensors_stay_whole_with_whole_numbers()
    {
        var n = torch.tensor([1, 2]);
        Assert.Equal(int32, (n + 1).dtype);
        Assert.Equal(float32, (n * 1.5).dtype);
        Assert.Equal(bfloat16, (torch.ones([2], dtype: bfloat16) * 1.5).dtype);
    }

    [Fact]
    public void In_place_changes_the_tensor_itself()
    {
        Assert.Same(_a, _a.add_(1));
        Check.Same(_a, 2, 3, 7);
        Check.Same(_a.add_(_b, 2), 10, 13, 15);
        Check.Same(_a.add_(1, 2), 12, 15, 17);
        Check.Same(_a.sub_(_b), 8, 10, 13);
        Check.Same(_a.sub_(1), 7, 9, 12);
        Check.Same(_a.mul_(2), 14, 18, 24);
        Check.Same(_a.mul_(_b), 56, 90, 96);
        Check.Same(_a.div_(2), 28, 45, 48);
        Check.Same(_a.div_(_b), 7, 9, 12);
        Check.Same(_a.remainder_(5), 2, 4, 2);
        Check.Same(_a.pow_(torch.tensor([1.0, 0.5, 3.0])), 2, 2, 8);
        Check.Same(_a.fill_(3), 3, 3, 3);
        Check.Same(_a.zero_(), 0, 0, 0);
    }

    [Fact]
    public void Named_functions_agree_with_the_operators()
    {
        Check.Same(torch.add(_a, _b, 10), 41, 52, 46);
        Check.Same(_a.add(_b), 5, 7, 10);
        Check.Same(torch.sub(_a, 1), 0, 1, 5);
        Check.Same(torch.mul(_a, _b), 4, 10, 24);
        Check.Same(torch.pow(_a, 2), 1, 4, 36);
        Check.Same(_a.pow(_a), 1, 4, 46656);
        Check.Same(_b.fmod(3), 1, 2, 1);
        Check.Same(_b.fmod(_a), 0, 1, 4);
        Check.Near(_a.atan2(_a), 1e-12, Math.PI / 4, Math.PI / 4, Math.PI / 4);
        Check.Same(_a.maximum(_b), 4, 5, 6);
        Check.Same(_a.min(_b), 1, 2, 4);
    }

    [Fact]
    public void Quotients_are_rounded_as_asked()
    {
        var x = torch.tensor([-7, 7]);
        Check.Same(x.div(2), -3.5, 3.5);
        Check.Same(x.div(2, RoundingMode.trunc), -3, 3);
        Check.Same(x.floor_divide(2), -4, 3);
        Check.Same(x.div(torch.tensor([2, 2]), RoundingMode.floor), -4, 3);
        Check.Same(x.div_(2, RoundingMode.floor), -4, 3);
    }

    [Fact]
    public void Bits_and_truths_combine()
    {
        var x = torch.tensor([0b1100]);
        var y = torch.tensor([0b1010]);
        Check.Same(x & y, 0b1000);
        Check.Same(x | y, 0b1110);
        Check.Same(x ^ y, 0b0110);
        var (t, f) = (torch.tensor([true]), torch.tensor([false]));
        Check.Same(t.logical_and(f), 0);
        Check.Same(t.logical_or(f), 1);
        Check.Same(t.logical_xor(t), 0);
    }

    [Fact]
    public void Clamp_keeps_within_the_limits()
    {
        Check.Same(_a.clamp(1.5, 5), 1.5, 2, 5);
        Check.Same(_a.clamp(min: 2), 2, 2, 6);
        Check.Same(_a.clamp(max: 2), 1, 2, 2);
        Check.Same(_a.clamp_min(3), 3, 3, 6);
        Check.Same(_a.clamp_max(3), 1, 2, 3);
        Check.Same(_a.clamp(torch.tensor([2.0, 1.0, 1.0]), _b), 2, 2, 4);
        Check.Same(_a.clamp_(1.5, 5), 1.5, 2, 5);
    }

    [Fact]
    public void What_an_optimizer_needs_happens_in_place()
    {
        var p = torch.tensor([1.0, 1.0, 1.0]);
        Check.Same(p.addcmul_(_a, _b, 0.5), 3, 6, 13);
        Check.Near(p.addcdiv_(_a, _b, -1), 1e-12, 2.75, 5.6, 11.5);
        Check.Same(p.zero_().lerp_(_b, torch.tensor(0.5)), 2, 2.5, 2);
        Check.Same(_a.addcmul(_a, _b, 1), 5, 12, 30);
        Check.Same(_a.addcdiv(_b, _b, 1), 2, 3, 7);
        Check.Same(_a.lerp(_b, torch.tensor([0.0, 1.0, 0.5])), 1, 5, 5);
    }

    [Fact]
    public void Shapes_stretch_to_each_other()
    {
        var column = torch.tensor([10.0, 20.0], [2, 1]);
        Check.Same(column + _a, 11, 12, 16, 21, 22, 26);
        Assert.All(torch.broadcast_tensors(column, _a), t => Check.Shape(t, 2, 3));
    }
}
