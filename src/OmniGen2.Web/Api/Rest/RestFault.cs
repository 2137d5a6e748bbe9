namespace OmniGen2.Web.Api.Rest;

/// <summary>A refusal with the status that says of which kind it is.</summary>
internal sealed class RestFault(int status, string message) : ModelException(message)
{
    public int Status => status;

    public static RestFault NoJob(Guid id) => new(StatusCodes.Status404NotFound, $"There is no job {id}: GET /api/jobs lists those there are.");
}
