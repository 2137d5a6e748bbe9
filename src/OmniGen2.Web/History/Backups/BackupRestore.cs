using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace OmniGen2.Web.History;

/// <summary>Puts a backup into the data folder. What it cannot vouch for it refuses before it changes anything; a database that was there is set aside.</summary>
public sealed class BackupRestore(DataFolder folder, TimeProvider time)
{
    private static readonly string[] Folders = ["images/", "steps/", "states/"];

    private string Unpacked => folder.Database + ".restored";

    public async Task<RestoreReport> Run(string file, CancellationToken cancellationToken = default)
    {
        try
        {
            using var zip = ZipFile.OpenRead(file);
            var manifest = Manifest(zip, file);
            Check(zip, file);
            Unpack(zip, manifest, file);
            await RefuseNewer(file, cancellationToken);
            var files = zip.Entries.Where(x => Folders.Any(f => x.FullName.StartsWith(f, StringComparison.Ordinal))).ToList();
            files.ForEach(Extract);
            var aside = SetAside();
            DatabaseFiles.Replace(Unpacked, folder.Database);
            var missing = manifest.Pictures.Count(x => !IsWhole(x));
            return new RestoreReport(manifest.Created, manifest.Pictures.Count, missing, aside);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ModelException($"{file} cannot be restored ({error.Message.TrimEnd('.')}): give a file that ./run.sh backup wrote.", error);
        }
        finally
        {
            DatabaseFiles.Delete(Unpacked);
        }
    }

    private static BackupManifest Manifest(ZipArchive zip, string file)
    {
        using var entry = (zip.GetEntry(BackupManifest.EntryName) ?? throw new InvalidDataException("it has no manifest")).Open();
        var manifest = JsonSerializer.Deserialize<BackupManifest>(entry, BackupManifest.Json) ?? throw new InvalidDataException("its manifest is empty");
        return manifest.Version <= BackupManifest.CurrentVersion
            ? manifest
            : throw new ModelException($"{file} is a backup of version {manifest.Version} and this program reads up to {BackupManifest.CurrentVersion}: restore it with the newer program.");
    }

    private void Check(ZipArchive zip, string file)
    {
        var root = folder.Root + Path.DirectorySeparatorChar;
        if (zip.Entries.FirstOrDefault(x => !PathOf(x).StartsWith(root, StringComparison.Ordinal)) is { } outside)
        {
            throw new ModelException($"{file} wants to write outside the data folder ('{outside.FullName}'): it is no backup of a studio.");
        }
    }

    private void Unpack(ZipArchive zip, BackupManifest manifest, string file)
    {
        (zip.GetEntry("history.db") ?? throw new InvalidDataException("it has no database")).ExtractToFile(Unpacked, overwrite: true);
        if (HashOf(Unpacked) != manifest.DatabaseSha256)
        {
            throw new ModelException($"The database in {file} is damaged: take another backup.");
        }
    }

    private async Task RefuseNewer(string file, CancellationToken cancellationToken)
    {
        await using var db = new HistoryDb(new DbContextOptionsBuilder<HistoryDb>()
            .UseSqlite(new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder { DataSource = Unpacked, Pooling = false }.ToString()).Options);
        await HistoryStart.RefuseNewer(db, file, cancellationToken);
    }

    private void Extract(ZipArchiveEntry entry)
    {
        var target = PathOf(entry);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        entry.ExtractToFile(target + ".tmp", overwrite: true);
        File.Move(target + ".tmp", target, overwrite: true);
    }

    private string? SetAside()
    {
        if (!File.Exists(folder.Database))
        {
            return null;
        }

        var aside = Path.Combine(folder.Root, $"history-before-restore-{time.GetUtcNow():yyyyMMdd-HHmmss}.db");
        DatabaseFiles.Copy(folder.Database, aside);
        return aside;
    }

    private bool IsWhole(BackupPicture picture)
    {
        var file = Path.Combine(folder.Images, picture.File);
        return File.Exists(file) && HashOf(file) == picture.Sha256;
    }

    private string PathOf(ZipArchiveEntry entry) => Path.GetFullPath(Path.Combine(folder.Root, entry.FullName));

    private static string HashOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}

/// <summary>What a restore found.</summary>
/// <param name="Created">When the backup was made.</param>
/// <param name="Pictures">How many it knows.</param>
/// <param name="Missing">How many of them are not there, or not as they were.</param>
/// <param name="SetAside">Where the database lies that was there before; null where there was none.</param>
public sealed record RestoreReport(DateTimeOffset Created, int Pictures, int Missing, string? SetAside)
{
    public override string ToString() =>
        $"The backup of {Created:yyyy-MM-dd HH:mm} UTC is restored: {Pictures:N0} pictures, {Missing:N0} of them without their file."
        + (SetAside is null ? "" : $" The database before it is kept as {SetAside}.");
}
