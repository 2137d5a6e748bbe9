using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Components.Controls;

/// <summary>Work on a picture, in words.</summary>
public static class Progress
{
    public static string Words(JobPhase phase) => phase switch
    {
        JobPhase.EncodingPrompt => "Reading the prompt",
        JobPhase.EncodingReferences => "Looking at the pictures",
        JobPhase.Denoising => "Drawing",
        JobPhase.Judging => "Checking the picture",
        _ => "Finishing",
    };

    /// <summary>For those who listen: phases and tenths, so that the sentence stays the same over many steps and is read out once.</summary>
    /// <param name="work">Where the work stands.</param>
    /// <param name="name">Of the picture.</param>
    public static string Spoken(JobUpdate.Working work, string name)
    {
        var tenth = work.Steps == 0 ? 0 : work.Step * 10 / work.Steps;
        return work.Phase == JobPhase.Denoising && tenth > 0 ? $"{name}: {tenth * 10} percent" : $"{name}: {Words(work.Phase).ToLowerInvariant()}";
    }
}
