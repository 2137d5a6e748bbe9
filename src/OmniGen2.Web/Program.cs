using OmniGen2.Web.Api;
using OmniGen2.Web.Api.OpenAi;
using OmniGen2.Web.Api.Rest;
using OmniGen2.Web.Components;
using OmniGen2.Web.History;
using OmniGen2.Web.Hosting;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Team;

var builder = WebApplication.CreateBuilder(Published.Options(args));
builder.AddHistory();
builder.AddTeam();
builder.AddModel();
builder.AddPages();
builder.AddOpenAi();
builder.AddRest();
builder.AddDocs();
builder.AddReadiness();
builder.AddStudioHost();

var app = builder.Build();
if (app.RunCommand(args) is { } code)
{
    return code;
}

app.UseSecurityHeaders();
app.UseExceptionHandler("/error", createScopeForErrors: true);
app.UseWebSockets();
app.UseSameOrigin();
app.UseStatusCodePagesWithReExecute("/not-found");
app.UseRestStatus();
app.UseTeam();
app.UseAntiforgery();
app.MapPages();
app.MapTeam();
app.MapTeamFiles();
app.MapSharedFiles();
app.MapFiles();
app.MapDownloads();
app.MapUploads();
app.MapZips();
app.MapOpenAi();
app.MapRest();
app.MapDocs();
app.MapReadiness();
app.MapHealth();
return app.RunOrExplain();
