namespace OmniGen2.Web.Api.OpenAi;

/// <summary>Turns whatever goes wrong behind /v1 into the error that OpenAI's clients know, also in the middle of a stream.</summary>
internal sealed class OpenAiErrors(IHostApplicationLifetime lifetime, ILogger<OpenAiErrors> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            return await next(context);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return Results.Empty;
        }
        catch (Exception error)
        {
            var fault = FaultOf(error, http);
            if (http.Response.HasStarted)
            {
                await new EventStream(http.Response).Send("error", fault.Body, http.RequestAborted);
                return Results.Empty;
            }

            http.Response.Headers["x-should-retry"] = fault.IsPassing ? "true" : "false";
            return OpenAiJson.Result(fault.Body, fault.Status);
        }
    }

    private OpenAiFault FaultOf(Exception error, HttpContext http)
    {
        switch (error)
        {
            case OpenAiFault fault:
                return fault;
            case ModelException refused:
                return OpenAiFault.Invalid(null, refused.Message);
            case BadHttpRequestException { StatusCode: var status }:
                return new OpenAiFault(status, "The request broke off or is no valid HTTP: send it again.");
            case OperationCanceledException when lifetime.ApplicationStopping.IsCancellationRequested:
                return new OpenAiFault(StatusCodes.Status503ServiceUnavailable, "The studio is closing. What was asked for is kept and goes on with the next start.");
            default:
                logger.LogError(error, "{Method} {Path} failed; request {RequestId}", http.Request.Method, http.Request.Path, http.TraceIdentifier);
                return new OpenAiFault(StatusCodes.Status500InternalServerError, $"This failed for a reason that it should not have; the log tells more under {http.TraceIdentifier}.");
        }
    }
}
