using static TorchSharp.torch;

namespace OmniGen2.Weights.Staging;

/// <summary>
/// A parameter whose numbers wait in this machine's memory. The layers hold <see cref="OnDevice"/>, which is empty unless the numbers are there: to
/// compute with it too early or too late is an error that libtorch reports, never a picture of old numbers.
/// </summary>
internal sealed class StagedParameter : IDisposable
{
    /// <param name="home">The numbers, row by row, in any type; owned from here on.</param>
    /// <param name="nothing">What <see cref="OnDevice"/> is like while the numbers are not there.</param>
    /// <param name="file">What the numbers are a view of; null for a copy.</param>
    public StagedParameter(Tensor home, Tensor nothing, SafetensorsFile? file)
    {
        Home = home.DetachFromDisposeScope();
        OnDevice = empty(0, dtype: nothing.dtype, device: nothing.device).DetachFromDisposeScope();
        Shape = home.shape;
        Numbers = home.numel();
        File = file;
    }

    public Tensor OnDevice { get; }

    public Tensor Home { get; }

    public long[] Shape { get; }

    public long Numbers { get; }

    public SafetensorsFile? File { get; }

    /// <summary>A copy of numbers start … start + count, in the type of what they are written into.</summary>
    public void Read(long start, long count, Tensor into)
    {
        using var scope = NewDisposeScope();
        into.copy_(Home.view(-1).narrow(0, start, count));
    }

    /// <summary>Rows of a table in the order of the ids, [.., size], of the type and on the device that is computed in.</summary>
    public Tensor Rows(Tensor ids)
    {
        using var scope = NewDisposeScope();
        var rows = Home.index_select(0, ids.cpu().flatten()).to(OnDevice.dtype).to(OnDevice.device);
        return rows.view([.. ids.shape, .. Shape.Skip(1)]).MoveToOuterDisposeScope();
    }

    /// <summary>Parts of it as parameters of their own, cut as libtorch cuts rows into chunks.</summary>
    public IEnumerable<StagedParameter> InRows(int count, Tensor nothing)
    {
        using var scope = NewDisposeScope();
        return [.. Home.chunk(count, 0).Select(rows => new StagedParameter(rows, nothing, File))];
    }

    public void Dispose()
    {
        Home.Dispose();
        OnDevice.Dispose();
    }
}
