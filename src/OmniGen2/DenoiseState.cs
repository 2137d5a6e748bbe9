namespace OmniGen2;

/// <summary>All that lies between two steps: enough for another process to go on to the same pixels. About 1 MiB at 1024².</summary>
public sealed record DenoiseState
{
    /// <summary>Steps done.</summary>
    public required int Step { get; init; }

    public required int Count { get; init; }

    /// <summary>Latents after <see cref="Step"/> steps, model space.</summary>
    public required LatentImage Latents { get; init; }

    /// <summary>Named tensors of the scheduler's and the cache's history (previous clean estimate, residuals, factors); raw bytes in the dtype they had.</summary>
    public IReadOnlyDictionary<string, StateTensor> History { get; init; } = new Dictionary<string, StateTensor>();

    /// <summary>
    /// Digest of the request, the checkpoint and the precision; a run of anything else refuses the state. Empty: any request of the same size and
    /// number of steps may go on from it, to a picture of its own.
    /// </summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>The state as a safetensors file.</summary>
    public byte[] Save() => DenoiseStateFile.Write(this);

    /// <summary>Reads what <see cref="Save"/> wrote; a damaged or foreign one is a <see cref="ModelException"/>.</summary>
    public static DenoiseState Load(byte[] file) => DenoiseStateFile.Read(file);
}

/// <summary>One tensor of a state: safetensors dtype name, shape, little-endian bytes.</summary>
public sealed record StateTensor(string DType, long[] Shape, byte[] Bytes);
