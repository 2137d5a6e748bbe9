namespace OmniGen2.Reflection;

/// <summary>A way to ask a model for a verdict and to read what it answers.</summary>
public interface IJudgeWords
{
    /// <summary>Whether the references of an edit can be shown to the judge; without it only pictures from words alone can be judged.</summary>
    bool KnowsEdits { get; }

    /// <summary>What is asked; the pictures that go with it are the references, in order, and then the picture itself.</summary>
    string Question(JudgedPicture picture);

    /// <summary>An answer that cannot be read is a verdict without a score.</summary>
    Verdict Read(JudgedPicture picture, string answer);

    public static IJudgeWords Of(JudgeForm form) => form switch
    {
        JudgeForm.Shapes => new ShapesJudgeWords(),
        JudgeForm.Caption => new CaptionJudgeWords(),
        _ => new GeneralJudgeWords(),
    };
}
