namespace LibTorch.Tests;

public sealed class DeviceTests
{
    [Theory]
    [InlineData("cpu", DeviceType.CPU, -1)]
    [InlineData("cuda", DeviceType.CUDA, -1)]
    [InlineData("cuda:1", DeviceType.CUDA, 1)]
    [InlineData("meta", DeviceType.META, -1)]
    public void Devices_are_written_and_read(string text, DeviceType type, int index)
    {
        Device device = text;
        Assert.Equal((type, index), (device.type, device.index));
        Assert.Equal(text, device.ToString());
    }

    [Fact]
    public void An_unknown_device_is_named() => Assert.Contains("tpu", Assert.Throws<ArgumentException>(() => torch.device("tpu")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_count_of_gpus_agrees_with_there_being_one() => Assert.Equal(torch.cuda.device_count() > 0, torch.cuda.is_available());

    [Fact]
    public void Settings_can_be_read_back()
    {
        var precision = torch.get_float32_matmul_precision();
        torch.set_float32_matmul_precision(Float32MatmulPrecision.high);
        Assert.Equal(Float32MatmulPrecision.high, torch.get_float32_matmul_precision());
        torch.set_float32_matmul_precision(precision);
        torch.backends.cuda.matmul.allow_tf32 = true;
        Assert.True(torch.backends.cuda.matmul.allow_tf32);
        torch.backends.cuda.matmul.allow_tf32 = false;
        torch.backends.cudnn.allow_tf32 = false;
        Assert.False(torch.backends.cudnn.allow_tf32);
        torch.backends.cudnn.allow_tf32 = true;
    }

    [Fact]
    public void The_machine_has_memory()
    {
        var (free, total) = Accelerator.DeviceMemory();
        Assert.InRange(free, 1, total);
    }
}
