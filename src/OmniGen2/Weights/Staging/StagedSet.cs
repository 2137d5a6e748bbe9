using static TorchSharp.torch;

namespace OmniGen2.Weights.Staging;

/// <summary>Parameters that go to the device together, one behind the other in one piece of memory.</summary>
internal sealed class StagedSet
{
    /// <summary>Numbers; what the device's products like parameters to begin at a multiple of.</summary>
    private const long Alignment = 128;

    private readonly List<(StagedParameter Parameter, long Start)> _places = [];

    public StagedSet(IEnumerable<StagedParameter> parameters)
    {
        foreach (var parameter in parameters)
        {
            _places.Add((parameter, Numbers));
            Numbers += (parameter.Numbers + Alignment - 1) / Alignment * Alignment;
        }
    }

    /// <summary>How many numbers the memory must hold.</summary>
    public long Numbers { get; }

    public IEnumerable<StagedParameter> Parameters => _places.Select(p => p.Parameter);

    /// <summary>Refuses files that were cut since they were mapped: to read beyond the end of one would kill the process.</summary>
    public void Check()
    {
        foreach (var file in _places.Select(p => p.Parameter.File).Distinct())
        {
            file?.CheckLength();
        }
    }

    /// <summary>Writes what belongs into numbers start … start + length of the memory.</summary>
    public void Read(long start, Tensor into)
    {
        var end = start + into.numel();
        foreach (var (parameter, place) in _places)
        {
            var (first, last) = (Math.Max(start, place), Math.Min(end, place + parameter.Numbers));
            if (first < last)
            {
                using var piece = into.narrow(0, first - start, last - first);
                parameter.Read(first - place, last - first, piece);
            }
        }
    }

    /// <summary>The parameters are in this memory from now on.</summary>
    public void Bind(Tensor memory)
    {
        using var scope = NewDisposeScope();
        foreach (var (parameter, start) in _places)
        {
            parameter.OnDevice.set_(memory.narrow(0, start, parameter.Numbers).view(parameter.Shape));
        }
    }

    /// <summary>The parameters are nowhere from now on.</summary>
    public void Unbind(Tensor nothing)
    {
        foreach (var (parameter, _) in _places)
        {
            parameter.OnDevice.set_(nothing);
        }
    }
}
