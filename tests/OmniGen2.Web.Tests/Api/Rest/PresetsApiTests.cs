using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using OmniGen2.Web.Components.Tabs;
using OmniGen2.Web.History;
using OmniGen2.Web.Tests.Api.OpenAi;

namespace OmniGen2.Web.Tests.Api.Rest;

public sealed class PresetsApiTests
{
    private static readonly JsonSerializerOptions AsPages = new() { Converters = { new JsonStringEnumConverter() } };

    [Fact]
    public async Task Settings_saved_by_a_program_fill_the_panel_and_make_a_job()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var saved = await studio.Call("/api/presets", new { name = "Large", settings = new { width = 256, steps = 3, cfgEnd = 0.5, count = 2, reflection = new { rounds = 4 } } });
        Assert.Equal(HttpStatusCode.OK, saved.Status);
        // As the pages read it.
        var row = Assert.Single(await studio.Services.GetRequiredService<PresetStore>().List(null, default));
        var form = JsonSerializer.Deserialize<CreateForm>(row.Content, AsPages)!;
        Assert.Equal((256, 128, 3, 0.5, 2, 4, null), (form.Width, form.Height, form.Steps, form.CfgEnd, form.Count, form.Reflection!.Rounds, form.Seed));
        // And what the pages write, programs read.
        var names = JsonSerializer.SerializeToElement(form).EnumerateObject().Select(x => x.Name);
        Assert.Equal(names.Order(), JsonDocument.Parse(row.Content).RootElement.EnumerateObject().Select(x => x.Name).Order());

        var settings = (await studio.Ask("/api/presets")).Json[0].GetProperty("settings");
        Assert.Equal((256, 3), (settings.GetProperty("width").GetInt32(), settings.GetProperty("steps").GetInt32()));
    }

    [Fact]
    public async Task Style_is_saved_renamed_replaced_and_deleted()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var id = (await studio.Call("/api/presets", new { name = "Ink", words = "{prompt} in ink" })).Json.GetProperty("id").GetString();
        await studio.Send(HttpMethod.Patch, $"/api/presets/{id}", new { name = "Chalk" });
        await studio.Call("/api/presets", new { name = "Chalk", words = "{prompt} in chalk" });
        var only = Assert.Single((await studio.Ask("/api/presets")).Json.EnumerateArray());
        Assert.Equal((id, "style", "{prompt} in chalk"), (only.GetProperty("id").GetString(), only.GetProperty("kind").GetString(), only.GetProperty("words").GetString()));
        Assert.Equal(HttpStatusCode.NoContent, (await studio.Send(HttpMethod.Delete, $"/api/presets/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await studio.Send(HttpMethod.Delete, $"/api/presets/{id}")).Status);
    }

    [Theory]
    [InlineData("""{"name":"x"}""")]
    [InlineData("""{"name":"x","words":"y","settings":{}}""")]
    [InlineData("""{"name":" ","words":"y"}""")]
    [InlineData("""{"name":"x","words":" "}""")]
    [InlineData("""{"name":"x","settings":{"width":7}}""")]
    [InlineData("""{"name":"x","settings":{"steps":0}}""")]
    public async Task What_is_no_preset_is_refused(string body)
    {
        await using var studio = new WebStudio(new FakePipeline());
        Assert.Equal(HttpStatusCode.BadRequest, (await studio.Call("/api/presets", new StringContent(body, System.Text.Encoding.UTF8, "application/json"))).Status);
    }
}
