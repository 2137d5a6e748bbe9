using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Weights;

/// <summary>A mapped safetensors file. Its tensors are views of the mapping, which stays until the last of them is gone: read-only, and never copied into the heap.</summary>
public sealed class SafetensorsFile
{
    private readonly Dictionary<string, SafetensorsEntry> _entries;

    private readonly MemoryMappedViewAccessor _view;

    private readonly nint _start;

    private readonly SafeFileHandle _handle;

    private readonly long _length;

    private SafetensorsFile(string path, SafetensorsHeader header, MemoryMappedViewAccessor view, SafeFileHandle handle)
    {
        Path = path;
        _handle = handle;
        _length = RandomAccess.GetLength(handle);
        Header = header;
        _entries = header.Entries.ToDictionary(e => e.Name);
        _view = view;
        _start = view.SafeMemoryMappedViewHandle.DangerousGetHandle() + (nint)view.PointerOffset;
        Accelerator.PreferLargePages(_start, view.Capacity);
    }

    public string Path { get; }

    public SafetensorsHeader Header { get; }

    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Checks the whole header against the file's length, then maps it: a byte read beyond the end of a mapping would kill the process.</summary>
    public static SafetensorsFile Open(string path)
    {
        try
        {
            var handle = File.OpenHandle(path);   // kept open: a name may mean another file later
            var header = SafetensorsHeader.Read(handle, path);
            using var map = MemoryMappedFile.CreateFromFile(handle, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            return new SafetensorsFile(path, header, map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read), handle);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WeightsException($"{path} cannot be opened: {e.Message}", e);
        }
    }

    public SafetensorsEntry Entry(string name) =>
        _entries.TryGetValue(name, out var entry) ? entry : throw new WeightsException($"{Path} has no tensor '{name}'.");

    /// <summary>The tensor in its stored type, a read-only view of the file; copied only when the writer did not align it.</summary>
    public Tensor Tensor(string name)
    {
        var entry = Entry(name);
        var type = SafetensorsTypes.Type(entry.DType)!.Value;
        if (entry.Length == 0)
        {
            return empty(entry.Shape, dtype: type);
        }

        return IsAligned(entry)
            ? Accelerator.FromMapped(_start + (nint)entry.Offset, entry.Shape, type, _view)
            : Copy(entry, type);
    }

    /// <summary>Refuses a file that was cut since it was opened, before a byte beyond its end is read.</summary>
    internal void CheckLength()
    {
        var length = RandomAccess.GetLength(_handle);
        if (length < _length)
        {
            throw new WeightsException($"{Path} has {length} bytes now and had {_length} when the model was loaded: put the whole file back, then load the model again.");
        }
    }

    /// <summary>Where the tensor's bytes lie in memory; null for one that cannot be used in place.</summary>
    internal MappedRange? Range(string name)
    {
        var entry = Entry(name);
        return entry.Length > 0 && IsAligned(entry) ? new MappedRange(this, _start + (nint)entry.Offset, entry.Length) : null;
    }

    /// <summary>Drops the whole file from memory; views that are still in use read it again.</summary>
    internal void Release() => Accelerator.Release(_start, _view.Capacity);

    private static bool IsAligned(SafetensorsEntry entry) => entry.Offset % SafetensorsTypes.Size(entry.DType)!.Value == 0;

    private unsafe Tensor Copy(SafetensorsEntry entry, ScalarType type)
    {
        var tensor = empty(entry.Shape, dtype: type);
        new ReadOnlySpan<byte>((void*)(_start + (nint)entry.Offset), checked((int)entry.Length)).CopyTo(tensor.bytes);
        return tensor;
    }
}
