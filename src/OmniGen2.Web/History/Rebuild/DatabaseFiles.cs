namespace OmniGen2.Web.History;

/// <summary>A SQLite database as files: the database itself, and the journal and index of what is not yet in it.</summary>
internal static class DatabaseFiles
{
    private static readonly string[] Endings = ["", "-wal", "-shm"];

    public static void Copy(string from, string to)
    {
        foreach (var ending in Endings.Where(x => File.Exists(from + x)))
        {
            File.Copy(from + ending, to + ending, overwrite: true);
        }
    }

    public static void Delete(string database)
    {
        foreach (var ending in Endings)
        {
            File.Delete(database + ending);
        }
    }

    /// <summary>Puts a database that is one file in the place of another.</summary>
    public static void Replace(string made, string database)
    {
        // The journal first: with another's journal beside it, the new one would be damaged. The old one is set aside already.
        foreach (var ending in Endings.Where(x => x.Length > 0))
        {
            File.Delete(database + ending);
        }

        File.Move(made, database, overwrite: true);
    }
}
