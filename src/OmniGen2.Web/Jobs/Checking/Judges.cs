using Microsoft.Extensions.Options;
using OmniGen2.Reflection;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Jobs.Checking;

/// <summary>Who judges pictures here: the service that the administrator names, else the model that is loaded.</summary>
public sealed class Judges(IOptions<JudgeOptions> options, IHttpClientFactory http, TimeProvider time)
{
    /// <summary>Of the client for the judge's service.</summary>
    public const string ClientName = "judge";

    private bool IsService => !string.IsNullOrWhiteSpace(options.Value.Url);

    /// <summary>What follows from a verdict.</summary>
    public JudgeSettings Settings(ModelInfo model) => IsService
        ? new JudgeSettings { Pass = options.Value.Pass, EditFrom = options.Value.EditFrom, Patience = options.Value.Patience }
        : model.Judge;

    /// <summary>Why pictures of this kind cannot be checked here; null when they can.</summary>
    /// <param name="model">What is loaded.</param>
    /// <param name="references">How many pictures the request is drawn from.</param>
    public string? Refusal(ModelInfo model, int references) => (IsService ? int.MaxValue : IJudgeWords.Of(model.Judge.Form).MostReferences) switch
    {
        var most when references <= most => null,
        0 => $"{model.Name} can check only pictures that come from words alone. For others, name a judge in Judge:Url.",
        _ => $"{model.Name} can check only pictures that come from words or from one picture. For others, name a judge in Judge:Url.",
    };

    /// <summary>To be asked on the pipeline's thread.</summary>
    public IJudge Of(IPipeline pipeline) => IsService ? new ServiceJudge(http.CreateClient(ClientName), options.Value, time) : new ResidentJudge(pipeline);
}
