using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using OmniGen2.Tests;

namespace OmniGen2.Cli.Tests;

/// <summary>A copy of some of the recorded folders, without what is written for people, that a test may damage.</summary>
internal sealed class RecordedCopy : IDisposable
{
    private readonly TempFolder _folder = new();

    public RecordedCopy(params string[] folders)
    {
        foreach (var file in folders.SelectMany(f => Directory.EnumerateFiles(GoldenFile.Path(f), "*", SearchOption.AllDirectories)).Where(f => !f.EndsWith(".md", StringComparison.Ordinal)))
        {
            _folder.Write(System.IO.Path.GetRelativePath(GoldenFile.Root, file), File.ReadAllBytes(file));
        }
    }

    public string Path => _folder.Path;

    /// <summary>Names of the cases, by what became of them.</summary>
    public Dictionary<string, string> Verify(int exitCode)
    {
        var run = CliRun.Of("verify", Path, "--device", "cpu");
        Assert.True(run.ExitCode == exitCode, run.Output + run.Error);
        var lines = run.Output.TrimEnd().Split('\n');
        return lines[..^1].ToDictionary(l => l.Split(' ')[0], l => l[l.IndexOf(' ')..].Trim());
    }

    /// <summary>Those of the lines that failed.</summary>
    public static IEnumerable<string> Failed(Dictionary<string, string> lines) =>
        lines.Where(l => l.Value.Contains("  FAIL", StringComparison.Ordinal)).Select(l => l.Key).Order(StringComparer.Ordinal);

    public void Add(string file) => _folder.Write(file, File.ReadAllBytes(GoldenFile.Path(file)));

    public void Write(string file, string text) => _folder.Write(file, text);

    public void Replace(string file, string old, string changed)
    {
        var text = File.ReadAllText(_folder.File(file));
        Assert.Contains(old, text);
        _folder.Write(file, text.Replace(old, changed));
    }

    public void Rename(string file, string name) => File.Move(_folder.File(file), _folder.File(name));

    public void Delete(string file) => File.Delete(_folder.File(file));

    public void Truncate(string file) => _folder.Write(file, File.ReadAllBytes(_folder.File(file))[..^100]);

    /// <summary>Makes the first number of a tensor about ten.</summary>
    public void Disturb(string file, string tensor)
    {
        var bytes = File.ReadAllBytes(_folder.File(file));
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        using var header = JsonDocument.Parse(bytes.AsMemory(8, length));
        var entry = header.RootElement.GetProperty(tensor);
        var width = entry.GetProperty("dtype").GetString() switch { "F32" => 4, "BF16" => 2, var type => throw new ArgumentException(type) };

        // Sign and most of the exponent lie in the last byte.
        bytes[8 + length + entry.GetProperty("data_offsets")[0].GetInt32() + width - 1] = 0x41;
        _folder.Write(file, bytes);
    }

    /// <summary>Gives a tensor a name of the same length.</summary>
    public void RenameTensor(string file, string old, string name)
    {
        Assert.Equal(old.Length, name.Length);
        var bytes = File.ReadAllBytes(_folder.File(file));
        var at = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"\"{old}\""));
        Encoding.UTF8.GetBytes(name).CopyTo(bytes, at + 1);
        _folder.Write(file, bytes);
    }

    public void Dispose() => _folder.Dispose();
}
