using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using OmniGen2.Training.Diffusion;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Training.Folder;

// T text tokens · D width of the language model

/// <summary>
/// Latents and text states of samples, made when they are first asked for and kept on disk. A file is named by all that decides over it,
/// so a picture that was changed is read anew.
/// </summary>
internal sealed class FolderCache : IDisposable
{
    private readonly FrozenParts _frozen;
    private readonly FaultLog _faults;
    private readonly string _folder;
    private readonly bool _withChat;
    private readonly int _maxTokens;
    private readonly ConcurrentDictionary<long, Lazy<CachedSample?>> _samples = [];
    private readonly Lazy<Tensor> _empty;
    private readonly Lazy<Tensor> _emptyChat;

    /// <param name="frozen">Used by one thread at a time.</param>
    /// <param name="folder">Of the files; named by the frozen parts (<see cref="CacheKey"/>).</param>
    /// <param name="faults">Told of samples that cannot be read.</param>
    /// <param name="withChat">Whether prompts are wanted as conversations too.</param>
    /// <param name="maxTokens">Of a prompt.</param>
    public FolderCache(FrozenParts frozen, string folder, FaultLog faults, bool withChat, int maxTokens)
    {
        (_frozen, _folder, _faults, _withChat, _maxTokens) = (frozen, folder, faults, withChat, maxTokens);
        Directory.CreateDirectory(folder);
        _empty = new Lazy<Tensor>(() => Encode(frozen.Reader.Plain("")));
        _emptyChat = new Lazy<Tensor>(() => Encode(frozen.Reader.Conversation([new ChatTurn(ChatRole.User, "")])));
    }

    /// <summary>Null for a sample that cannot be read, which is reported once.</summary>
    public CachedSample? Find(FolderSample sample) => _samples.GetOrAdd(sample.Number, _ => new Lazy<CachedSample?>(() => Make(sample))).Value;

    /// <summary>States of a prompt without words, [1, T, D]; stays the cache's.</summary>
    public Tensor Empty(bool isChat) => (isChat ? _emptyChat : _empty).Value;

    public void Dispose()
    {
        foreach (var text in ((Lazy<Tensor>[])[_empty, _emptyChat]).Where(text => text.IsValueCreated))
        {
            text.Value.Dispose();
        }
    }

    private CachedSample? Make(FolderSample sample)
    {
        var path = Path.Combine(_folder, $"{Key(sample)}.safetensors");
        if (!File.Exists(path))
        {
            var (content, fault) = Read(sample);
            if (content is null)
            {
                _faults.Add(sample.Record.Place, fault!);
                return null;
            }

            Write(path, content);
        }

        return new CachedSample(path);
    }

    private (FolderContent? Content, string? Fault) Read(FolderSample sample)
    {
        try
        {
            return (FolderContent.Read(sample, _frozen.Reader, _withChat, _maxTokens), null);
        }
        catch (ModelException e)
        {
            return (null, e.Message);
        }
    }

    private void Write(string path, FolderContent content)
    {
        lock (_frozen)
        {
            using var scope = NewDisposeScope();
            var pictures = content.Pictures.Select((picture, i) => (Name: CachedSample.LatentName(i), Values: _frozen.EncodePictures([picture])));
            var prompts = content.Prompts.Select(prompt => (Name: CachedSample.TextName(prompt.Key), Values: _frozen.EncodePrompts([prompt.Value])));
            SafetensorsWriter.Save(path, pictures.Concat(prompts).ToDictionary(each => each.Name, each => each.Values.to(ScalarType.BFloat16)));
        }
    }

    private Tensor Encode(Sampling.PromptToRead prompt)
    {
        lock (_frozen)
        {
            using var scope = NewDisposeScope();
            return _frozen.EncodePrompts([prompt]).to(ScalarType.BFloat16).DetachFromDisposeScope();
        }
    }

    private string Key(FolderSample sample)
    {
        var files = sample.Pictures.Select(picture => (picture.Path, picture.Size, File: new FileInfo(picture.Path)))
            .Select(picture => $"{picture.Path}\n{picture.Size}\n{(picture.File.Exists ? picture.File.Length : -1)}\n{picture.File.LastWriteTimeUtc.Ticks}");
        var text = string.Join('\n', [sample.Record.Instruction, sample.Record.WithoutOpening, $"{_withChat}", .. files]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
    }
}
