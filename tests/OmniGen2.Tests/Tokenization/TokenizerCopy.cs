using OmniGen2.Tokenization;

namespace OmniGen2.Tests.Tokenization;

/// <summary>A copy of the tiny tokenizer's folder that a test may change.</summary>
internal sealed class TokenizerCopy : IDisposable
{
    private readonly TempFolder _folder = new();

    public TokenizerCopy()
    {
        foreach (var file in Directory.GetFiles(GoldenFile.Path("tiny-omnigen2/processor")))
        {
            _folder.Write(Path.GetFileName(file), File.ReadAllBytes(file));
        }
    }

    public BytePairTokenizer Load() => BytePairTokenizer.Load(_folder.Path);

    public string Read(string name) => File.ReadAllText(_folder.File(name));

    public void Write(string name, string text) => _folder.Write(name, text);

    public void Write(string name, byte[] bytes) => _folder.Write(name, bytes);

    public void Append(string name, string text) => File.AppendAllText(_folder.File(name), text);

    public void Remove(params string[] names)
    {
        foreach (var name in names)
        {
            File.Delete(_folder.File(name));
        }
    }

    public void Dispose() => _folder.Dispose();
}
