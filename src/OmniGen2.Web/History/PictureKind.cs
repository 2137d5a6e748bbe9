namespace OmniGen2.Web.History;

/// <summary>How a picture came to be.</summary>
public enum PictureKind
{
    /// <summary>From words alone.</summary>
    Created,

    /// <summary>From one picture and an instruction.</summary>
    Edited,

    /// <summary>From several pictures and words.</summary>
    Composed,

    /// <summary>As an answer in a thread.</summary>
    Answered,

    /// <summary>A step of another picture, kept as it was.</summary>
    Step,

    /// <summary>Brought by a person.</summary>
    Upload,
}
