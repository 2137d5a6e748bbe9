using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace OmniGen2.Web.History;

/// <summary>The index over jobs and pictures, in SQLite.</summary>
public sealed class HistoryDb(DbContextOptions<HistoryDb> options) : DbContext(options)
{
    public DbSet<JobRow> Jobs => Set<JobRow>();

    public DbSet<PictureRow> Pictures => Set<PictureRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // SQLite has no times: whole milliseconds sort and compare there as they do here.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Milliseconds>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<JobRow>().HasIndex(x => new { x.State, x.Place });
        modelBuilder.Entity<JobRow>().HasIndex(x => x.Place);
        modelBuilder.Entity<PictureRow>().HasIndex(x => x.CreatedAt);
    }

    private sealed class Milliseconds() : ValueConverter<DateTimeOffset, long>(
        x => x.ToUnixTimeMilliseconds(), x => DateTimeOffset.FromUnixTimeMilliseconds(x));
}
