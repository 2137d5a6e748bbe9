using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Api;

/// <summary>Many pictures in one file, written as it is read: neither the pictures nor the zip are ever in memory as a whole.</summary>
public static class Zips
{
    private const int AtOnce = 100;
    private const string ManifestName = "manifest.json";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void MapZips(this IEndpointRouteBuilder app) => app.MapGet("/zip/{ticket:guid}", Zip).WithTags("Files").WithSummary("The zip of a ticket; POST /api/pictures/zip gives one.");

    private static Results<PushStreamHttpResult, ProblemHttpResult> Zip(
        Guid ticket, ZipTickets tickets, ImageStore images, TimeProvider time, HttpContext context, CancellationToken cancellationToken)
    {
        if (tickets.Find(ticket) is not { } pictures)
        {
            return TypedResults.Problem("This link to a zip is too old: ask for the zip again.", statusCode: StatusCodes.Status404NotFound);
        }

        return Stream(context, $"pictures-{time.GetLocalNow():yyyy-MM-dd-HHmm}.zip", body => Write(body, pictures, images, cancellationToken));
    }

    internal static PushStreamHttpResult Stream(HttpContext context, string name, Func<Stream, Task> write)
    {
        // ZipArchive ends each entry with sixteen bytes that it writes synchronously, even when the entry is disposed of asynchronously.
        context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        return TypedResults.Stream(write, "application/zip", name);
    }

    internal static async Task Write(Stream body, IReadOnlyCollection<Guid> pictures, ImageStore images, CancellationToken cancellationToken)
    {
        await using var zip = await ZipArchive.CreateAsync(body, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { ManifestName };
        var manifest = new List<ZipEntry>();
        foreach (var ids in pictures.Chunk(AtOnce))
        {
            var rows = await images.Find(ids, cancellationToken);
            foreach (var row in ids.Where(rows.ContainsKey).Select(x => rows[x]))
            {
                manifest.Add(await Add(zip, row, images.FileOf(row), names, cancellationToken));
            }
        }

        await using var last = await zip.CreateEntry(ManifestName, CompressionLevel.Fastest).OpenAsync(cancellationToken);
        await JsonSerializer.SerializeAsync(last, manifest, Json, cancellationToken);
    }

    private static async Task<ZipEntry> Add(ZipArchive zip, PictureRow row, string? file, HashSet<string> names, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return new ZipEntry(null, row) { Missing = true };
        }

        var name = FileName.Of(row) + Path.GetExtension(file);
        for (var i = 2; !names.Add(name); i++)
        {
            name = $"{FileName.Of(row)}-{i}{Path.GetExtension(file)}";
        }

        // Pictures are packed already.
        var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = row.CreatedAt;
        await using var source = File.OpenRead(file);
        await using var target = await entry.OpenAsync(cancellationToken);
        await source.CopyToAsync(target, cancellationToken);
        return new ZipEntry(name, row);
    }

    /// <summary>A picture in the manifest.</summary>
    private sealed record ZipEntry(string? File, PictureRow Row)
    {
        public Guid Id { get; } = Row.Id;

        /// <summary>The studio has lost its file.</summary>
        public bool Missing { get; init; }

        public string Prompt { get; } = Row.Prompt;

        public string NegativePrompt { get; } = Row.NegativePrompt;

        public long Seed { get; } = Row.Seed;

        public int Width { get; } = Row.Width;

        public int Height { get; } = Row.Height;

        public string Model { get; } = Row.Model;

        public string Kind { get; } = Row.Kind.ToString().ToLowerInvariant();

        public DateTimeOffset CreatedAt { get; } = Row.CreatedAt;

        public bool IsStarred { get; } = Row.IsStarred;

        public int Rating { get; } = Row.Rating;

        public string Sha256 { get; } = Row.Sha256;

        /// <summary>All about how it was made, as it stands in the file.</summary>
        public JsonElement Metadata { get; } = JsonSerializer.Deserialize<JsonElement>(Row.Metadata);

        [System.Text.Json.Serialization.JsonIgnore]
        public PictureRow Row { get; } = Row;
    }
}
