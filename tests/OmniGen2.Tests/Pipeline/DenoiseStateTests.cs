using System.Buffers.Binary;
using System.Text;

namespace OmniGen2.Tests.Pipeline;

public class DenoiseStateTests
{
    private static readonly DenoiseState State = new()
    {
        Step = 3,
        Count = 20,
        Fingerprint = "abc",
        Latents = new LatentImage(2, 1, 3, [1, -2.5f, float.Epsilon, 0.1f, 3e8f, -0f]),
        History = new Dictionary<string, StateTensor>
        {
            ["x0"] = new("F32", [2], [1, 2, 3, 4, 5, 6, 7, 8]),
            ["cond.residual"] = new("BF16", [1, 3], [9, 8, 7, 6, 5, 4]),
            ["cond.counter"] = new("I64", [], [7, 0, 0, 0, 0, 0, 0, 0]),
        },
    };

    [Fact]
    public void Saved_state_comes_back_bit_for_bit()
    {
        var loaded = DenoiseState.Load(State.Save());

        Assert.Equal((3, 20, "abc"), (loaded.Step, loaded.Count, loaded.Fingerprint));
        Assert.Equal((2, 1, 3), (loaded.Latents.Channels, loaded.Latents.Height, loaded.Latents.Width));
        Assert.Equal(Bits(State.Latents.Values), Bits(loaded.Latents.Values));
        Assert.Equal(State.History.Keys.Order(), loaded.History.Keys.Order());
        foreach (var (name, tensor) in State.History)
        {
            Assert.Equal(tensor.DType, loaded.History[name].DType);
            Assert.Equal(tensor.Shape, loaded.History[name].Shape);
            Assert.Equal(tensor.Bytes, loaded.History[name].Bytes);
        }
    }

    [Fact]
    public void Saved_state_is_a_safetensors_file()
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, State.Save());
        var tensors = GoldenTensors.Open(path);
        File.Delete(path);

        Assert.Equal(State.Latents.Values, tensors.Floats("latents"));
        Assert.Equal([2, 1, 3], tensors.Shape("latents"));
        Assert.Equal([7L], tensors.Longs("history.cond.counter"));
    }

    [Fact]
    public void Every_truncated_state_is_refused()
    {
        var file = State.Save();
        for (var length = 0; length < file.Length; length++)
        {
            Assert.Throws<ModelException>(() => DenoiseState.Load(file[..length]));
        }
    }

    [Fact]
    public void Every_state_with_a_flipped_bit_is_refused()
    {
        var file = State.Save();
        for (var i = 0; i < file.Length * 8; i++)
        {
            var damaged = file.ToArray();
            damaged[i / 8] ^= (byte)(1 << (i % 8));
            Assert.Throws<ModelException>(() => DenoiseState.Load(damaged));
        }
    }

    [Fact]
    public void Foreign_safetensors_file_is_refused_as_such()
    {
        var fault = Assert.Throws<ModelException>(() => DenoiseState.Load(File.ReadAllBytes(GoldenFile.Path("caching/inputs.safetensors"))));
        Assert.Contains("not a saved state", fault.Message);
    }

    [Fact]
    public void State_of_a_later_version_says_which()
    {
        var file = State.Save();
        var header = Encoding.UTF8.GetString(file, 8, (int)BinaryPrimitives.ReadInt64LittleEndian(file));
        Encoding.UTF8.GetBytes(header.Replace("\"version\":\"1\"", "\"version\":\"7\"")).CopyTo(file, 8);

        var fault = Assert.Throws<ModelException>(() => DenoiseState.Load(file));
        Assert.Contains("version 7", fault.Message);
    }

    private static IEnumerable<int> Bits(float[] values) => values.Select(BitConverter.SingleToInt32Bits);
}
