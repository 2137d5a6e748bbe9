using System.Text.Json;

namespace OmniGen2.Web.History;

/// <summary>What a backup holds, as its own first entry says.</summary>
public sealed record BackupManifest
{
    public const string EntryName = "manifest.json";

    public const int CurrentVersion = 1;

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public int Version { get; init; } = CurrentVersion;

    public required DateTimeOffset Created { get; init; }

    /// <summary>Of the database, lower-case hex.</summary>
    public required string DatabaseSha256 { get; init; }

    /// <summary>Whether the pictures' files are inside; else they are only named.</summary>
    public required bool HasPictures { get; init; }

    /// <summary>Every picture that the database knows.</summary>
    public required IReadOnlyList<BackupPicture> Pictures { get; init; }
}

/// <param name="File">Path below the folder of pictures.</param>
/// <param name="Sha256">Of the file, lower-case hex.</param>
/// <param name="Bytes">Its length.</param>
public sealed record BackupPicture(string File, string Sha256, long Bytes);
