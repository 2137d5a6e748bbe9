namespace OmniGen2.Web.Api.Rest;

/// <summary>Whatever goes wrong behind /api comes as a problem document with a sentence; what should not have, with the number under which the log tells more.</summary>
internal sealed class RestErrors(ILogger<RestErrors> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            // The framework could not turn the request into what the endpoint wants; RestStatus says so.
            return Results.Empty;
        }

        try
        {
            return await next(context);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return Results.Empty;
        }
        catch (ModelException refused)
        {
            var status = (refused as RestFault)?.Status ?? StatusCodes.Status400BadRequest;
            return Results.Problem(refused.Message, statusCode: status);
        }
        catch (Exception error) when (error is not BadHttpRequestException)
        {
            logger.LogError(error, "{Method} {Path} failed; request {RequestId}", http.Request.Method, http.Request.Path, http.TraceIdentifier);
            return Results.Problem($"This failed for a reason that it should not have; the log tells more under {http.TraceIdentifier}.");
        }
    }
}
