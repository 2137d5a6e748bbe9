using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Weights;

public class WeightSourceTests
{
    [Fact]
    public void Recorder_lists_names_and_shapes_of_a_full_sized_model_without_its_memory()
    {
        using var recorder = new ShapeRecorder();
        for (var i = 0; i < 32; i++)
        {
            recorder.Root["layers"][i]["feed_forward"]["linear_1"].Linear(2520, 10240, bias: false);
        }

        Assert.Equal(32, recorder.Lines().Count);
        Assert.Equal("layers.0.feed_forward.linear_1.weight\t[10240, 2520]\tBF16", recorder.Lines()[0]);
        Assert.All(recorder.Parameters.Values, p => Assert.Equal(2, p.element_size()));
        Assert.All(recorder.Parameters.Values, p => Assert.Equal([0, 0], p.stride()));
    }

    [Fact]
    public void Recorder_says_what_every_layer_is_called()
    {
        using var recorder = new ShapeRecorder(ScalarType.Float32);
        var root = recorder.Root;
        root["conv"].Conv2d(3, 8, 3, padding: 1);
        root["group"].GroupNorm(4, 8, 1e-6);
        root["embed"].Embedding(100, 16);
        root["linear"].Linear(16, 4);
        root.Parameter("image_index_embedding", 5, 16);
        Assert.Equal(
            [
                "conv.bias\t[8]\tF32", "conv.weight\t[8, 3, 3, 3]\tF32", "embed.weight\t[100, 16]\tF32", "group.bias\t[8]\tF32", "group.weight\t[8]\tF32",
                "image_index_embedding\t[5, 16]\tF32", "linear.bias\t[4]\tF32", "linear.weight\t[4, 16]\tF32",
            ],
            recorder.Lines());
    }

    [Fact]
    public void Fresh_parameters_depend_on_seed_and_name_only()
    {
        using var one = new FreshSource(7);
        using var two = new FreshSource(7);
        using var other = new FreshSource(8);
        two.Root.Parameter("first", 3);
        Assert.Equal(Values(one), Values(two));
        Assert.NotEqual(Values(one), Values(other));
        Assert.NotEqual(Values(one), one.Root.Parameter("x", 4, 5).data<float>().ToArray());
    }

    [Fact]
    public void Fresh_parameters_start_as_their_kind_says()
    {
        using var source = new FreshSource(1);
        var root = source.Root;
        Assert.All(root.Parameter("zeros", Init.Zeros, 10).data<float>().ToArray(), v => Assert.Equal(0, v));
        Assert.All(root.Parameter("ones", Init.Ones, 10).data<float>().ToArray(), v => Assert.Equal(1, v));
        Assert.Equal(0.02, Deviation(root.Parameter("normal", Init.Normal(), 200, 200)), 3);
        Assert.Equal(0.8 / Math.Sqrt(400), Deviation(root.Parameter("fan", Init.FanIn(0.8), 100, 400)), 3);
        var xavier = root.Parameter("xavier", Init.Xavier(), 200, 400).data<float>().ToArray();
        Assert.InRange(xavier.Max(), 0.099, 0.1);
        Assert.InRange(xavier.Min(), -0.1, -0.099);
    }

    [Fact]
    public void Fresh_parameters_record_gradients()
    {
        using var source = new FreshSource(1);
        var linear = source.Root["linear"].Linear(3, 2);
        using var scope = NewDisposeScope();
        linear.Forward(ones(4, 3)).sum().backward();
        Assert.All(linear.Weight.grad!.data<float>().ToArray(), v => Assert.Equal(4, v));
        Assert.All(linear.Bias!.grad!.data<float>().ToArray(), v => Assert.Equal(4, v));
    }

    [Fact]
    public void Dictionary_is_checked_like_a_file_and_stays_the_callers()
    {
        using var weight = ones(2, 3);
        using (var source = new DictionarySource(new Dictionary<string, Tensor> { ["a.weight"] = weight }))
        {
            Assert.Equal(6, source.Build(w => w["a"].Linear(3, 2, bias: false)).Weight.sum().item<float>());
            Assert.Throws<WeightsException>(() => source.Root["b"].Linear(3, 2));
            Assert.Throws<WeightsException>(() => source.Build(_ => 0));
        }

        Assert.Equal(6, weight.sum().item<float>());
    }

    private static float[] Values(FreshSource source) => source.Root["linear"].Linear(5, 4).Weight.data<float>().ToArray();

    private static double Deviation(Tensor tensor)
    {
        var values = tensor.data<float>().ToArray();
        return Math.Sqrt(values.Average(v => (double)v * v));
    }
}
