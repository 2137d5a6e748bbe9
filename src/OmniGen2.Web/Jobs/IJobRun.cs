namespace OmniGen2.Web.Jobs;

/// <summary>A job at work, advanced a quantum at a time (a denoising step, a few tokens) on the worker's thread.</summary>
internal interface IJobRun : IDisposable
{
    /// <summary>The steps of the picture that is being drawn, which may be taken side by side with others; null when there are none.</summary>
    IEnumerator<DenoiseStep>? Steps => null;

    /// <summary>Does the next quantum. False when all are done.</summary>
    bool Advance();

    /// <summary>Keeps the result, after the last quantum.</summary>
    JobUpdate Finish();

    /// <summary>Ends before the last quantum; with <paramref name="keep"/> what there is becomes the result, which may take one more quantum.</summary>
    JobUpdate Stop(bool keep);

    /// <summary>Writes down how far it is, for this or another process to go on from.</summary>
    void Save();
}
