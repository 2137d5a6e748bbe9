using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace OmniGen2.Web.History;

/// <summary>
/// Writes what a data folder holds into one zip file, also while a studio works in it: first a copy of the database as it is at one moment, then the
/// pictures that this copy knows, which never change once they are written.
/// </summary>
public static class BackupWriter
{
    private const string Database = "history.db";

    /// <param name="root">The data folder.</param>
    /// <param name="target">The file to write; it is there whole or not at all.</param>
    /// <param name="withPictures">Pictures and how they came to be too, not only the database and a list of them.</param>
    /// <param name="now">The moment that stands in the manifest.</param>
    /// <returns>How many pictures the database knows, and how many of them have lost their files.</returns>
    public static (int Pictures, int Missing) Write(string root, string target, bool withPictures, DateTimeOffset now)
    {
        var database = Path.Combine(root, Database);
        if (!File.Exists(database))
        {
            throw new ModelException($"There is no {database}: set Studio:DataPath to the folder of a studio.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
        var (unfinished, copy) = (target + ".tmp", target + ".db.tmp");
        try
        {
            Snapshot(database, copy);
            var pictures = Pictures(copy);
            var missing = 0;
            using (var zip = new ZipArchive(Create(unfinished), ZipArchiveMode.Create))
            {
                Describe(zip, copy, pictures, withPictures, now);
                zip.CreateEntryFromFile(copy, Database, CompressionLevel.Fastest);
                missing = withPictures ? pictures.Count(x => !Add(zip, root, x)) : 0;
                if (withPictures)
                {
                    AddFolder(zip, root, "steps");
                    AddFolder(zip, root, "states");
                }
            }

            File.Move(unfinished, target, overwrite: true);
            return (pictures.Count, missing);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new ModelException($"{target} cannot be written ({error.Message.TrimEnd('.')}): choose another place, or free some space.", error);
        }
        finally
        {
            File.Delete(unfinished);
            File.Delete(copy);
        }
    }

    /// <summary>A connection that leaves nothing open behind it.</summary>
    internal static SqliteConnection Open(string file, bool canWrite)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = canWrite ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        connection.Open();
        return connection;
    }

    private static FileStream Create(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            // It holds whatever people wrote.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(file, options);
    }

    private static void Snapshot(string database, string copy)
    {
        File.Delete(copy);
        using var source = Open(database, canWrite: true);
        using var command = source.CreateCommand();
        command.CommandText = "VACUUM INTO $copy";
        command.Parameters.AddWithValue("$copy", copy);
        command.ExecuteNonQuery();
    }

    private static List<BackupPicture> Pictures(string copy)
    {
        using var db = Open(copy, canWrite: false);
        using var command = db.CreateCommand();
        command.CommandText = "SELECT File, min(Sha256), min(Bytes) FROM Pictures GROUP BY File ORDER BY File";
        using var reader = command.ExecuteReader();
        var pictures = new List<BackupPicture>();
        while (reader.Read())
        {
            pictures.Add(new BackupPicture(reader.GetString(0), reader.GetString(1), reader.GetInt64(2)));
        }

        return pictures;
    }

    private static void Describe(ZipArchive zip, string copy, List<BackupPicture> pictures, bool withPictures, DateTimeOffset now)
    {
        using var file = File.OpenRead(copy);
        var manifest = new BackupManifest
        {
            Created = now,
            DatabaseSha256 = Convert.ToHexStringLower(SHA256.HashData(file)),
            HasPictures = withPictures,
            Pictures = pictures,
        };
        using var entry = zip.CreateEntry(BackupManifest.EntryName, CompressionLevel.Fastest).Open();
        JsonSerializer.Serialize(entry, manifest, BackupManifest.Json);
    }

    private static bool Add(ZipArchive zip, string root, BackupPicture picture)
    {
        // A picture that was finished this moment still waits to be moved to its place, and may be there by the time that it is looked for elsewhere.
        var place = Path.Combine(root, "images", picture.File);
        return new[] { place, Path.Combine(root, "incoming", Path.GetFileName(picture.File)), place }.Any(x => TryAdd(zip, x, $"images/{picture.File}"));
    }

    private static void AddFolder(ZipArchive zip, string root, string name)
    {
        var folder = Path.Combine(root, name);
        foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(x => !x.EndsWith(".tmp", StringComparison.Ordinal)) : [])
        {
            TryAdd(zip, file, Path.GetRelativePath(root, file).Replace('\\', '/'));
        }
    }

    private static bool TryAdd(ZipArchive zip, string file, string name)
    {
        try
        {
            // The studio may be working with it.
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var target = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
            source.CopyTo(target);
            return true;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            // Somebody emptied the trash meanwhile, or a state was replaced by the next one.
            return false;
        }
    }
}
