using System.Text;

namespace OmniGen2.Web.History;

/// <summary>What is said of a picture whose own file stays as it came: a text beside it, named after it with ".txt" behind.</summary>
internal static class DescriptionFile
{
    // Far more than any description; whatever else lies here under such a name is left alone.
    private const int MostBytes = 1 << 16;

    /// <summary>Puts the words there, whole or not at all.</summary>
    /// <param name="picture">The path of the picture's file.</param>
    /// <param name="words">Plain text.</param>
    public static void Write(string picture, string words) => DataFolder.WriteWhole(Of(picture), Encoding.UTF8.GetBytes(words));

    /// <summary>Null where nothing was said.</summary>
    public static string? Read(string picture)
    {
        var file = new FileInfo(Of(picture));
        return file is { Exists: true, Length: <= MostBytes } && File.ReadAllText(file.FullName).Trim() is { Length: > 0 } words ? words : null;
    }

    public static void Delete(string picture) => File.Delete(Of(picture));

    private static string Of(string picture) => picture + ".txt";
}
