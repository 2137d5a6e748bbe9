using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniGen2.Web.History;
using static OmniGen2.Web.Tests.TestStudio;

namespace OmniGen2.Web.Tests.History;

public sealed class HistoryDbTests
{
    [Fact]
    public async Task Migrations_say_all_that_the_model_says()
    {
        await using var studio = await Start(FakePipeline.Held());
        await studio.Change(db =>
        {
            Assert.False(db.Database.HasPendingModelChanges(), "Run: EfDesign=true dotnet ef migrations add NAME -p src/OmniGen2.Web -o History/Migrations");
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Database_writes_ahead_so_that_readers_and_the_worker_do_not_wait_for_each_other()
    {
        await using var studio = await Start(FakePipeline.Held());
        await studio.Change(async db => Assert.Equal("wal", await db.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync()));
    }

    [Fact]
    public async Task Model_of_the_database_is_whole_before_two_can_ask_for_it_at_once()
    {
        using var disk = new TemporaryFolder();
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["Studio:DataPath"] = disk.Path;
        builder.AddHistory();

        // Of its own, since the others' models are made already.
        await using var database = new ServiceCollection().AddEntityFrameworkSqlite().BuildServiceProvider();
        builder.Services.ConfigureDbContext<HistoryDb>(options => options.UseInternalServiceProvider(database));
        using var host = builder.Build();
        await host.Services.GetServices<IHostedService>().OfType<HistoryStart>().Single().StartAsync(default);

        await using var db = await host.Services.GetRequiredService<IDbContextFactory<HistoryDb>>().CreateDbContextAsync();
        Assert.NotNull(db.Model.FindRuntimeAnnotationValue("Relational:RelationalModel"));
    }

    [Fact]
    public async Task Database_of_a_newer_version_is_refused_with_a_sentence()
    {
        using var disk = new TemporaryFolder();
        await using (var studio = await Start(FakePipeline.Held(), disk))
        {
            await studio.Change(db => db.Database.ExecuteSqlRawAsync("INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Later', '10.0')"));
        }

        var refusal = await Assert.ThrowsAsync<ModelException>(() => Start(FakePipeline.Held(), disk));
        Assert.Contains("newer version of the studio (it knows '29990101000000_Later')", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_belongs_to_one_studio_at_a_time()
    {
        using var disk = new TemporaryFolder();
        await using var studio = await Start(FakePipeline.Held(), disk);
        var refusal = await Assert.ThrowsAsync<ModelException>(() => Start(FakePipeline.Held(), disk));
        Assert.Contains("Studio:DataPath", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_killed_while_it_migrated_does_not_lock_the_next_one_out()
    {
        using var disk = new TemporaryFolder();
        await using (var studio = await Start(FakePipeline.Held(), disk))
        {
            await studio.Change(db => db.Database.ExecuteSqlRawAsync("INSERT INTO __EFMigrationsLock VALUES (1, 'then')"));
        }

        await using var next = await Start(FakePipeline.Held(), disk);
        Assert.Empty(await next.Jobs(JobState.Queued));
    }
}
