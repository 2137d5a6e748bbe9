using OmniGen2.Imaging;
using OmniGen2.Sampling;

namespace OmniGen2.Training.Folder;

/// <summary>A sample read from disk: its pictures at their sizes, and its prompt in every form that training may ask for.</summary>
internal sealed record FolderContent(IReadOnlyList<RgbImage> Pictures, IReadOnlyDictionary<PromptForm, PromptToRead> Prompts)
{
    /// <summary>Pixels alone; what cannot be read is a <see cref="ModelException"/>.</summary>
    public static IReadOnlyList<RgbImage> ReadPictures(FolderSample sample) =>
        [.. sample.Pictures.Select(picture => picture.Size.Fit(ImageFile.Open(picture.Path, applyOrientation: false)))];

    /// <param name="sample">What to read.</param>
    /// <param name="reader">For the prompts.</param>
    /// <param name="withChat">Whether the conversation's form is wanted too.</param>
    /// <param name="maxTokens">Of a prompt without its pictures.</param>
    public static FolderContent Read(FolderSample sample, PromptReader reader, bool withChat, int maxTokens)
    {
        var (record, pictures) = (sample.Record, ReadPictures(sample));
        var prompts = new Dictionary<PromptForm, PromptToRead> { [PromptForm.Plain] = reader.Plain(record.Instruction, maxTokens: maxTokens) };
        if (record.WithoutOpening is { } rest)
        {
            prompts[PromptForm.WithoutOpening] = reader.Plain(rest, maxTokens: maxTokens);
        }

        if (withChat)
        {
            RgbImage[] references = [.. pictures.SkipLast(1)];
            var turn = new ChatTurn(ChatRole.User, record.Instruction) { Images = references };
            prompts[PromptForm.Chat] = reader.Conversation([turn], maxTokens: maxTokens + references.Sum(reader.CountTokens));
        }

        return new FolderContent(pictures, prompts);
    }
}
