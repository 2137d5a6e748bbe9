namespace OmniGen2.Reflection;

/// <summary>A way to ask a model for a verdict and to read what it answers.</summary>
public interface IJudgeWords
{
    /// <summary>Of how many pictures, at the most, one may come that can be judged; 0: only those from words alone.</summary>
    int MostReferences { get; }

    /// <summary>The judge is asked the same about each reference first, and then about the picture; else about all of them together.</summary>
    bool LooksAtEach => false;

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
