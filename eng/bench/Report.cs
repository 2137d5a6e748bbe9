namespace OmniGen2.Bench;

/// <summary>What <see cref="GalleryBench"/> found. A search is its result with the first page; a page is one somewhere in the result.</summary>
public sealed record Report(double SearchP95Ms, double PageP95Ms, int Rows)
{
    /// <summary>What a machine that does nothing else would need: time on the processor, not on the clock.</summary>
    public double SearchCpuP95Ms { get; init; }

    public double SearchP50Ms { get; init; }

    public double PageP50Ms { get; init; }

    public double SearchMaxMs { get; init; }

    public double PageMaxMs { get; init; }

    public double FileMegabytes { get; init; }

    public double FillSeconds { get; init; }

    public string Text() => FormattableString.Invariant($"""
        search_p95_ms {SearchP95Ms}   (median {SearchP50Ms}, longest {SearchMaxMs})
        search_cpu_p95_ms {SearchCpuP95Ms}
        page_p95_ms {PageP95Ms}   (median {PageP50Ms}, longest {PageMaxMs})
        rows {Rows}
        file_megabytes {FileMegabytes}
        fill_seconds {FillSeconds}
        """);
}
