namespace OmniGen2.Web.History;

/// <summary>Which piece of work the process was at. A quantum is a step's number; the one after the last is decoding.</summary>
public sealed record QuantumMark(Guid Job, int Quantum);

/// <summary>
/// Keeps the last mark where it outlives a process that is killed. It is written for every step, so it is not forced to the disk: after a loss of
/// power it is missing or old, and then no job is blamed.
/// </summary>
public sealed class QuantumMarks : IDisposable
{
    private const int Length = 16 + sizeof(int);
    private readonly FileStream _file;

    public QuantumMarks(DataFolder folder)
    {
        _file = new FileStream(Path.Combine(folder.Root, "quantum"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        Last = Read();
    }

    /// <summary>What the process before this one was at.</summary>
    public QuantumMark? Last { get; }

    public void Set(Guid job, int quantum)
    {
        Span<byte> bytes = stackalloc byte[Length];
        job.TryWriteBytes(bytes);
        BitConverter.TryWriteBytes(bytes[16..], quantum);
        _file.Position = 0;
        _file.Write(bytes);
    }

    public void Dispose() => _file.Dispose();

    private QuantumMark? Read()
    {
        Span<byte> bytes = stackalloc byte[Length];
        return _file.ReadAtLeast(bytes, Length, throwOnEndOfStream: false) == Length
            ? new QuantumMark(new Guid(bytes[..16]), BitConverter.ToInt32(bytes[16..]))
            : null;
    }
}
