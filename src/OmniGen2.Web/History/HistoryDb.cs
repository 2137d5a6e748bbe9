using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.History;

/// <summary>The index over jobs, pictures and what people say about them, and the people themselves, in SQLite.</summary>
public sealed partial class HistoryDb(DbContextOptions<HistoryDb> options) : IdentityUserContext<PersonRow>(options)
{
    public DbSet<JobRow> Jobs => Set<JobRow>();

    public DbSet<HaltRow> Halts => Set<HaltRow>();

    public DbSet<EstimateRow> Estimates => Set<EstimateRow>();

    public DbSet<PictureRow> Pictures => Set<PictureRow>();

    public DbSet<ParentRow> Parents => Set<ParentRow>();

    public DbSet<TagRow> Tags => Set<TagRow>();

    public DbSet<BoardRow> Boards => Set<BoardRow>();

    public DbSet<BoardPictureRow> BoardPictures => Set<BoardPictureRow>();

    public DbSet<ThreadRow> Threads => Set<ThreadRow>();

    public DbSet<MessageRow> Messages => Set<MessageRow>();

    public DbSet<MessagePictureRow> MessagePictures => Set<MessagePictureRow>();

    public DbSet<PresetRow> Presets => Set<PresetRow>();

    public DbSet<VerdictRow> Verdicts => Set<VerdictRow>();

    public DbSet<WebhookRow> Webhooks => Set<WebhookRow>();

    public DbSet<DeliveryRow> Deliveries => Set<DeliveryRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // SQLite has no times: whole milliseconds sort and compare there as they do here.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Milliseconds>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        MapTeam(builder);
        Filter(builder);
        builder.Entity<JobRow>().HasIndex(x => new { x.State, x.Place });
        builder.Entity<JobRow>().HasIndex(x => x.Place);
        builder.Entity<JobRow>().HasIndex(x => x.FinishedAt);
        builder.Entity<JobRow>().HasIndex(x => new { x.Owner, x.FinishedAt });
        builder.Entity<EstimateRow>().HasIndex(x => x.EndedAt);
        builder.Entity<HaltRow>().HasKey(x => x.Part);
        MapPictures(builder);
        MapThreads(builder);
        builder.Entity<PresetRow>().HasIndex(x => new { x.Owner, x.Kind, x.Name }).IsUnique();
    }

    private static void MapPictures(ModelBuilder model)
    {
        MapSearch(model);
        model.Entity<PictureRow>().HasIndex(x => new { x.DeletedAt, x.CreatedAt, x.Id });
        model.Entity<PictureRow>().HasIndex(x => x.CreatedAt);
        model.Entity<PictureRow>().HasIndex(x => new { x.Owner, x.CreatedAt });
        model.Entity<PictureRow>().HasIndex(x => x.Sha256);
        model.Entity<PictureRow>().HasIndex(x => x.Seed);
        model.Entity<PictureRow>().HasIndex(x => x.Batch);
        model.Entity<ParentRow>().HasKey(x => new { x.PictureId, x.Position });
        model.Entity<ParentRow>().HasIndex(x => x.ParentId);
        model.Entity<TagRow>().HasKey(x => new { x.PictureId, x.Tag });
        model.Entity<TagRow>().HasIndex(x => x.Tag);
        model.Entity<BoardPictureRow>().HasKey(x => new { x.BoardId, x.PictureId });
        model.Entity<BoardPictureRow>().HasIndex(x => x.PictureId);
        model.Entity<VerdictRow>().HasKey(x => x.PictureId);
        model.Entity<VerdictRow>().HasIndex(x => x.Reflection);
    }

    /// <summary>What triggers keep for <see cref="PictureSearch"/> (migration Search): nothing here writes these columns.</summary>
    private static void MapSearch(ModelBuilder model)
    {
        var picture = model.Entity<PictureRow>();
        picture.Property<long>(PictureSearch.Number).HasDefaultValue(0L);
        picture.Property<string>("TagWords").IsRequired().HasDefaultValue("");
        picture.Property<string>("Marks").IsRequired().HasDefaultValue("");
        foreach (var name in new[] { PictureSearch.Number, "TagWords", "Marks" })
        {
            var property = picture.Property(name).Metadata;
            property.ValueGenerated = ValueGenerated.Never;
            property.SetBeforeSaveBehavior(PropertySaveBehavior.Ignore);
            property.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        }

        picture.HasIndex(PictureSearch.Number).IsUnique();
    }

    private static void MapThreads(ModelBuilder model)
    {
        model.Entity<ThreadRow>().HasIndex(x => new { x.DeletedAt, x.UpdatedAt });
        model.Entity<MessageRow>().HasIndex(x => new { x.ThreadId, x.Place });
        model.Entity<MessageRow>().HasIndex(x => x.PictureId);
        model.Entity<MessagePictureRow>().HasKey(x => new { x.MessageId, x.Position });
        model.Entity<MessagePictureRow>().HasIndex(x => x.PictureId);
    }

    private sealed class Milliseconds() : ValueConverter<DateTimeOffset, long>(
        x => x.ToUnixTimeMilliseconds(), x => DateTimeOffset.FromUnixTimeMilliseconds(x));
}
