using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Tests;

/// <summary>The shortest ways to ask for something.</summary>
internal static class Asking
{
    /// <summary>One picture from words.</summary>
    public static async Task<Job> Enqueue(this JobQueue queue, GenerationRequest request) =>
        Assert.Single(await queue.Enqueue(new PictureRequest { Generation = request }));
}
