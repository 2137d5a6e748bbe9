using OmniGen2.Web.History;

namespace OmniGen2.Web.Api;

/// <summary>What a picture is called where people keep it.</summary>
internal static class FileName
{
    private const int Longest = 60;

    /// <summary>Its words and the beginning of its id, without extension. A prompt may hold anything, a file's name only what every system takes.</summary>
    public static string Of(PictureRow picture) => Of(picture.Prompt, picture.Id, "picture");

    /// <param name="title">In words of a person.</param>
    /// <param name="id">What tells it from others of that title.</param>
    /// <param name="otherwise">What stands for a title without letters.</param>
    public static string Of(string title, Guid id, string otherwise)
    {
        var words = new string([.. title.Select(c => char.IsLetterOrDigit(c) ? c : '-')]);
        var name = string.Join('-', words.Split('-', StringSplitOptions.RemoveEmptyEntries));
        name = name.Length > Longest ? name[..Longest] : name;
        return $"{(name.Length == 0 ? otherwise : name)}-{id.ToString("N")[..6]}";
    }
}
