using OmniGen2.Web.History;

namespace OmniGen2.Web.Api;

/// <summary>What a picture is called where people keep it.</summary>
internal static class FileName
{
    private const int Longest = 60;

    /// <summary>Its words and the beginning of its id, without extension. A prompt may hold anything, a file's name only what every system takes.</summary>
    public static string Of(PictureRow picture)
    {
        var words = new string([.. picture.Prompt.Select(c => char.IsLetterOrDigit(c) ? c : '-')]);
        var name = string.Join('-', words.Split('-', StringSplitOptions.RemoveEmptyEntries));
        name = name.Length > Longest ? name[..Longest] : name;
        return $"{(name.Length == 0 ? "picture" : name)}-{picture.Id.ToString("N")[..6]}";
    }
}
