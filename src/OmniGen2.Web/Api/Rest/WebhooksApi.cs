using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using OmniGen2.Web.Api.OpenAi;
using OmniGen2.Web.History;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Api.Rest;

/// <summary>Addresses that hear of every job that ends.</summary>
internal static class WebhooksApi
{
    private const int LongestUrl = 2000;

    public static void MapWebhooks(this IEndpointRouteBuilder webhooks)
    {
        webhooks.MapPost("", Create).WithSummary("Tells an address of every job that ends. The secret that signs is shown here and never again.");
        webhooks.MapGet("", List).WithSummary("All webhooks.");
        webhooks.MapDelete("/{id:guid}", Delete).WithSummary("Tells it nothing more.");
        webhooks.MapGet("/{id:guid}/deliveries", Log).WithSummary("What it was told, the newest first, and how that went.");
    }

    private static async Task<Created<NewWebhookView>> Create(
        HttpContext context, [FromBody] WebhookOrder order, WebhookStore store, AllowAddress isPublic, IOptions<ApiOptions> options, CancellationToken cancellationToken)
    {
        if (order.Url is not { Length: <= LongestUrl } url || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0)
        {
            throw new ModelException("The url is none: give one that begins with https:// or http://, without a name and password.");
        }

        // The sender looks again when it connects; this is only to say so early.
        if (!options.Value.AllowPrivateWebhooks && (address.IsLoopback || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && !isPublic(ip))))
        {
            throw new ModelException($"{address.Host} lies in a private network: set Api:AllowPrivateWebhooks to allow that.");
        }

        var row = await store.Add(url, ApiAccess.OwnerOf(context), cancellationToken);
        return TypedResults.Created($"/api/webhooks/{row.Id}/deliveries", new NewWebhookView(row.Id, row.Url, row.Secret));
    }

    private static async Task<Ok<IReadOnlyList<WebhookView>>> List(HttpContext context, WebhookStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok<IReadOnlyList<WebhookView>>([.. (await store.Of(ApiAccess.OwnerOf(context), cancellationToken)).Select(x => new WebhookView(x.Id, x.Url, x.CreatedAt))]);

    private static async Task<NoContent> Delete(Guid id, HttpContext context, WebhookStore store, CancellationToken cancellationToken) =>
        await store.Delete(id, ApiAccess.OwnerOf(context), cancellationToken) ? TypedResults.NoContent() : throw None(id);

    private static async Task<Ok<IReadOnlyList<DeliveryView>>> Log(Guid id, HttpContext context, WebhookStore store, CancellationToken cancellationToken)
    {
        var known = await store.Of(ApiAccess.OwnerOf(context), cancellationToken);
        return known.Any(x => x.Id == id)
            ? TypedResults.Ok<IReadOnlyList<DeliveryView>>([.. (await store.Log(id, cancellationToken)).Select(DeliveryView.Of)])
            : throw None(id);
    }

    private static RestFault None(Guid id) => new(StatusCodes.Status404NotFound, $"There is no webhook {id}: GET /api/webhooks lists those there are.");
}

public sealed record WebhookOrder(string Url);

public sealed record NewWebhookView(Guid Id, string Url, string Secret);

public sealed record WebhookView(Guid Id, string Url, DateTimeOffset CreatedAt);

/// <summary>One thing told to a webhook.</summary>
public sealed record DeliveryView(Guid Id, Guid JobId, DateTimeOffset CreatedAt, DeliveryState State, int Attempts, DateTimeOffset? NextAt, int? Status, string? Fault)
{
    public static DeliveryView Of(DeliveryRow row) =>
        new(row.Id, row.JobId, row.CreatedAt, row.State, row.Attempts, row.State == DeliveryState.Waiting ? row.NextAt : null, row.Status, row.Fault);
}
