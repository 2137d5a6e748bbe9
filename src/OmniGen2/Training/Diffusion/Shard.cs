using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Training.Diffusion;

// n rows asked for · N tokens of a picture · F fields · C h w of a latent · T text tokens · D width of the language model

/// <summary>A mapped file of samples. Tensors are gathered by copying; any thread may ask.</summary>
internal sealed class Shard
{
    private readonly SafetensorsFile _file;

    /// <param name="number">Of the shard, the upper digits of its samples' numbers.</param>
    /// <param name="path">From <see cref="ShardWriter"/>.</param>
    public Shard(long number, string path)
    {
        (Number, _file) = (number, SafetensorsFile.Open(path));
        Buckets = [.. _file.Names.Select(name => (Key: BucketKey.Of(name), Count: _file.Entry(name).Shape[0]))
            .Where(b => b.Key is not null)
            .Select(b => (b.Key!.Value, b.Count))
            .OrderBy(b => b.Value.ToString(), StringComparer.Ordinal)];
    }

    public long Number { get; }

    /// <summary>What there is, and how much of it, in an order that is always the same.</summary>
    public IReadOnlyList<(BucketKey Key, long Count)> Buckets { get; }

    /// <summary>Text states [n, T, D].</summary>
    public Tensor Text(BucketKey key, long[] rows) => Gather(key.Text, rows);

    /// <summary>States of a prompt without words, [1, T, D].</summary>
    public Tensor Empty(bool isChat) => Gather(ShardWriter.Empty(isChat), [0]);

    /// <summary>Latents [n, C, h, w].</summary>
    public Tensor Latents(long[] pictures) => Gather(ShardWriter.Latents, pictures);

    /// <summary>Latents [n, C, h, w] of the pictures' backgrounds without their objects.</summary>
    public Tensor Backdrops(long[] pictures)
    {
        using var scope = NewDisposeScope();
        var backgrounds = Gather(ShardWriter.Backgrounds, pictures);
        return _file.Tensor(ShardWriter.Backdrops).index_select(0, backgrounds).MoveToOuterDisposeScope();
    }

    /// <summary>What the pictures show, [n, N, F] as <see cref="Shapes.DenseLabels"/> has it.</summary>
    public Tensor Labels(long[] pictures) => Gather(ShardWriter.Labels, pictures);

    /// <summary>Numbers of the samples and of their pictures.</summary>
    public IReadOnlyList<SampleRow> Rows(BucketKey key, long[] rows)
    {
        using var scope = NewDisposeScope();
        var values = Gather(key.Rows, rows).data<long>().ToArray();
        return [.. values.Chunk(key.References + 2).Select(row => new SampleRow(row[0], row[1..^1], row[^1]))];
    }

    private Tensor Gather(string name, long[] rows)
    {
        using var scope = NewDisposeScope();
        return _file.Tensor(name).index_select(0, tensor(rows)).MoveToOuterDisposeScope();
    }
}

/// <summary>Which pictures of a shard a sample consists of.</summary>
internal sealed record SampleRow(long Number, long[] References, long Target);
