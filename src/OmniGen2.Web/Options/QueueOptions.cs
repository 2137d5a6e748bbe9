using System.ComponentModel.DataAnnotations;

namespace OmniGen2.Web.Options;

/// <summary>Section `Queue`: how people share the one model.</summary>
public sealed record QueueOptions
{
    /// <summary>After so long, time that somebody had the model counts half.</summary>
    [Range(1, 86_400, ErrorMessage = "Queue:HalfLifeSeconds must be from {1} to {2}.")]
    public double HalfLifeSeconds { get; init; } = 300;

    /// <summary>How far an answer or a single edit may at most bring its person ahead of the others, in seconds of the model; less where many have work.</summary>
    [Range(0, 3_600, ErrorMessage = "Queue:LeadSeconds must be from {1} to {2}.")]
    public double LeadSeconds { get; init; } = 15;

    /// <summary>The longest that the work of somebody who is due stands still between two steps, unless the steps of all others take longer.</summary>
    [Range(1, 3_600, ErrorMessage = "Queue:HeldBackSeconds must be from {1} to {2}.")]
    public double HeldBackSeconds { get; init; } = 20;

    /// <summary>How many jobs may stand in memory half done; further ones are saved to the disk.</summary>
    [Range(1, 1_000, ErrorMessage = "Queue:OpenJobs must be from {1} to {2}.")]
    public int OpenJobs { get; init; } = 8;

    /// <summary>Where jobs have to be saved for others to go on: how far behind, in seconds of the model, one must be to take a place.</summary>
    [Range(0, 3_600, ErrorMessage = "Queue:TurnSeconds must be from {1} to {2}.")]
    public double TurnSeconds { get; init; } = 1;

    /// <summary>
    /// When pictures of equal shape are drawn side by side: while the model's layers are read from their files, where one reading serves all of them;
    /// always; or never. With the weights in memory nothing is gained on a CPU (`bench batch`).
    /// </summary>
    [AllowedValues("streamed", "always", "never", ErrorMessage = "Queue:Together must be streamed, always or never.")]
    public string Together { get; init; } = "streamed";

    /// <summary>How many pictures at most are drawn side by side; a newcomer's first step waits for a step of each of them.</summary>
    [Range(1, 16, ErrorMessage = "Queue:Lanes must be from {1} to {2}.")]
    public int Lanes { get; init; } = 4;

    /// <summary>How many go side by side with a model whose weights stay where <paramref name="residency"/> says.</summary>
    internal int LanesFor(string residency) => Together == "always" || (Together == "streamed" && residency == nameof(Residency.Streamed)) ? Lanes : 1;
}
