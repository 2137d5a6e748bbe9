using Microsoft.EntityFrameworkCore;
using OmniGen2.Imaging;

namespace OmniGen2.Web.History;

/// <summary>What is said of a picture after it was made goes into its file too. The pixels stay; the file has another hash, and names the one before.</summary>
public sealed partial class ImageStore
{
    // A file that two wrote into at once would keep what one of them said.
    private readonly Lock _rewriting = new();

    /// <summary>Writes into a picture's file and row what a judge said of it.</summary>
    public void Judge(PictureRow picture, PictureVerdict verdict)
    {
        if (!Rewrite(picture, x => x with { Verdict = verdict }))
        {
            throw new ModelException("The file of this picture is gone: start again.");
        }
    }

    /// <summary>What the language model sees in a picture: its alternative text, and searched like its words. The file of an upload stays as it came, and has the words in a file beside it.</summary>
    /// <param name="picture">Stays as it is when it is not the owner's: whoever sees a picture may ask what is in it, and changes nothing by that.</param>
    /// <param name="words">Plain text.</param>
    /// <param name="owner">Who asked.</param>
    public void Describe(Guid picture, string words, string? owner = null)
    {
        using (var db = history.CreateDbContext())
        {
            if (db.Pictures.AsNoTracking().FirstOrDefault(x => x.Id == picture && x.Owner == owner) is not { } row)
            {
                return;
            }

            if (row.Kind != PictureKind.Upload)
            {
                Rewrite(row, x => x with { Description = words });
            }
            else if (FileOf(row) is { } file)
            {
                lock (_rewriting)
                {
                    DescriptionFile.Write(file, words);
                }
            }

            db.Pictures.Where(x => x.Id == picture).ExecuteUpdate(x => x.SetProperty(r => r.Description, words));
        }

        gallery.Tell();
    }

    /// <returns>Whether the file is there.</returns>
    private bool Rewrite(PictureRow picture, Func<GenerationMetadata, GenerationMetadata> change)
    {
        lock (_rewriting)
        {
            if (FileOf(picture) is not { } file)
            {
                return false;
            }

            // The file, not the row that somebody has in hand: something else may have been written into it since.
            var before = File.ReadAllBytes(file);
            var known = GenerationMetadata.FromPng(before) ?? GenerationMetadata.Parse(picture.Metadata);
            var metadata = change(known) with { Former = [.. known.Former ?? [], HashOf(before)] };
            var content = PngMetadata.Write(before, metadata.ToPngTexts());
            DataFolder.WriteWhole(file, content);
            var (json, hash) = (metadata.ToJson(), HashOf(content));
            using var db = history.CreateDbContext();
            db.Pictures.Where(x => x.Id == picture.Id)
                .ExecuteUpdate(x => x.SetProperty(row => row.Metadata, json).SetProperty(row => row.Sha256, hash).SetProperty(row => row.Bytes, content.Length));
            return true;
        }
    }

    /// <summary>The oldest picture whose file has this content, or had it before something was written into it.</summary>
    private static Guid? WithContent(HistoryDb db, string sha256)
    {
        var now = db.Pictures.Where(x => x.Sha256 == sha256).OrderBy(x => x.CreatedAt).Select(x => (Guid?)x.Id).FirstOrDefault();
        // Looks through every row, which is rare: only what was made while its source was being judged or described comes here.
        return now ?? db.Pictures.AsNoTracking().Where(x => x.Metadata.Contains(sha256)).OrderBy(x => x.CreatedAt).AsEnumerable()
            .FirstOrDefault(x => GenerationMetadata.Parse(x.Metadata).Former?.Contains(sha256) == true)?.Id;
    }
}
