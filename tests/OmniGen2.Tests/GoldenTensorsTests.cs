namespace OmniGen2.Tests;

public class GoldenTensorsTests
{
    [Fact]
    public void Recorded_tensors_open_by_name_with_shape_and_values()
    {
        var golden = GoldenTensors.Open("images/postprocess.safetensors");
        Assert.Equal([2, 3, 20, 28], golden.Shape("input.decoded"));
        Assert.Equal(2 * 3 * 20 * 28, golden.Floats("input.decoded").Length);
        Assert.Equal("U8", golden.DType("out.image_u8"));
        Assert.Equal(2 * 20 * 28 * 3, golden.Bytes("out.image_u8").Length);
    }
}
