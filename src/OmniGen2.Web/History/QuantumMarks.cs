using System.Buffers.Binary;

namespace OmniGen2.Web.History;

/// <summary>
/// Keeps the last mark where it outlives a process that is killed. It is written for every step, so it is not forced to the disk: after a loss of
/// power it is missing or old, and then no job is blamed. A pulse beside it tells how long the piece of work had lasted.
/// </summary>
public sealed class QuantumMarks : IDisposable
{
    private const int JobAt = 0;
    private const int QuantumAt = 16;
    private const int BegunAt = 20;
    private const int AliveAt = 28;
    private const int FaultAt = 36;
    private const int Length = 37;
    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(500);

    private readonly FileStream _file;
    private readonly TimeProvider _time;
    private readonly ITimer _pulse;
    private readonly Lock _closing = new();
    private bool _isClosed;

    public QuantumMarks(DataFolder folder, TimeProvider time)
    {
        _time = time;
        _file = new FileStream(Path.Combine(folder.Root, "quantum"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        Last = Read();
        _pulse = time.CreateTimer(_ => Beat(), state: null, Pulse, Pulse);
        AppDomain.CurrentDomain.UnhandledException += OnFault;
    }

    /// <summary>What the process before this one was at.</summary>
    public QuantumMark? Last { get; }

    public void Set(Guid job, int quantum)
    {
        Span<byte> bytes = stackalloc byte[Length];
        job.TryWriteBytes(bytes[JobAt..]);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[QuantumAt..], quantum);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[BegunAt..], Now());
        BinaryPrimitives.WriteInt64LittleEndian(bytes[AliveAt..], Now());
        RandomAccess.Write(_file.SafeFileHandle, bytes, 0);
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.UnhandledException -= OnFault;
        _pulse.Dispose();
        lock (_closing)
        {
            _isClosed = true;
            _file.Dispose();
        }
    }

    /// <summary>A timer may fire once more after it was disposed of.</summary>
    private void Beat()
    {
        lock (_closing)
        {
            if (!_isClosed)
            {
                Write(AliveAt, Now());
            }
        }
    }

    private void OnFault(object sender, UnhandledExceptionEventArgs fault) => RandomAccess.Write(_file.SafeFileHandle, [1], FaultAt);

    private void Write(int at, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        RandomAccess.Write(_file.SafeFileHandle, bytes, at);
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private QuantumMark? Read()
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (RandomAccess.Read(_file.SafeFileHandle, bytes, 0) != Length)
        {
            return null;
        }

        var lasted = BinaryPrimitives.ReadInt64LittleEndian(bytes[AliveAt..]) - BinaryPrimitives.ReadInt64LittleEndian(bytes[BegunAt..]);
        return new QuantumMark(
            new Guid(bytes[JobAt..QuantumAt]), BinaryPrimitives.ReadInt32LittleEndian(bytes[QuantumAt..]), TimeSpan.FromMilliseconds(lasted), bytes[FaultAt] != 0);
    }
}
