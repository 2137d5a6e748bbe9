using System.Text.Json.Serialization;

namespace OmniGen2.Web.Jobs;

/// <summary>What somebody asks of the model: words, numbers and ids, never pixels, so that it fits into a row and outlives the process.</summary>
[JsonDerivedType(typeof(PictureRequest), "picture")]
[JsonDerivedType(typeof(AnswerRequest), "answer")]
public abstract record JobRequest
{
    /// <summary>What was asked, in the words of who asked.</summary>
    [JsonIgnore]
    public abstract string Words { get; }

    /// <summary>What the program that asks calls it; asking again for the same is another request.</summary>
    [JsonIgnore]
    public RequestKey? Key { get; init; }

    /// <summary>The conversation it belongs to.</summary>
    public Guid? Thread { get; init; }

    /// <summary>The message of that conversation which it writes or becomes.</summary>
    public Guid? Message { get; init; }
}
