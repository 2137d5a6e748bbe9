namespace OmniGen2.Web.History;

/// <summary>An address that is told when jobs end.</summary>
public sealed class WebhookRow
{
    public required Guid Id { get; init; }

    /// <summary>Whose jobs it hears of; null where the studio has no accounts.</summary>
    public string? Owner { get; init; }

    public required string Url { get; init; }

    /// <summary>Signs what is sent.</summary>
    public required string Secret { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Every job that ended before this has its delivery.</summary>
    public required DateTimeOffset SeenUntil { get; set; }
}

public enum DeliveryState
{
    /// <summary>Is sent, for the first time or again, when <see cref="DeliveryRow.NextAt"/> has come.</summary>
    Waiting,

    Delivered,

    /// <summary>Failed too often, or the address may not be called.</summary>
    GivenUp,
}

/// <summary>One thing told to one webhook, and how that went.</summary>
public sealed class DeliveryRow
{
    public required Guid Id { get; init; }

    public required Guid WebhookId { get; init; }

    public required Guid JobId { get; init; }

    /// <summary>JSON, the same at every try.</summary>
    public required string Body { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DeliveryState State { get; set; }

    public int Attempts { get; set; }

    public required DateTimeOffset NextAt { get; set; }

    /// <summary>What the other side answered last; null when it did not.</summary>
    public int? Status { get; set; }

    /// <summary>Why the last try failed.</summary>
    public string? Fault { get; set; }
}
