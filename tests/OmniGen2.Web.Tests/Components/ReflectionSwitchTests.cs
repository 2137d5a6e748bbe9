using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using OmniGen2.Reflection;
using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.Jobs.Checking;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Tests.Components;

public sealed class ReflectionSwitchTests : BunitContext
{
    private static readonly ModelInfo General = new() { Name = "general" };
    private static readonly ModelInfo Shapes = new() { Name = "mini" };

    [Fact]
    public void Switch_gives_a_budget_that_can_be_changed_and_takes_it_back()
    {
        var page = Open(General, references: 5);
        Assert.Empty(page.FindAll(".param"));
        page.Find("input[type=checkbox]").Change(true);
        Assert.Equal(new ReflectionBudget(), _value);
        page.Find("#reflect-rounds").Input("5");
        Assert.Equal(5, _value!.Rounds);
        page.Find("#reflect-seconds").Input("60");
        Assert.Equal(new ReflectionBudget { Rounds = 5, Seconds = 60 }, _value);
        page.Find("input[type=checkbox]").Change(false);
        Assert.Null(_value);
    }

    [Theory]
    [InlineData(JudgeForm.Shapes, 1, null, true)]
    [InlineData(JudgeForm.Shapes, 0, null, false)]
    [InlineData(JudgeForm.Shapes, 1, "http://box/v1", false)]
    [InlineData(JudgeForm.Caption, 1, null, false)]
    [InlineData(JudgeForm.Caption, 2, null, true)]
    public void Switch_is_off_with_the_reason_where_nobody_can_judge(JudgeForm form, int references, string? service, bool isOff)
    {
        var page = Open(Shapes with { Judge = new JudgeSettings { Form = form } }, references, service);
        Assert.Equal(isOff, page.Find("input[type=checkbox]").HasAttribute("disabled"));
        Assert.Equal(isOff, page.Markup.Contains("name a judge in Judge:Url", StringComparison.Ordinal));
    }

    private ReflectionBudget? _value;

    private IRenderedComponent<ReflectionSwitch> Open(ModelInfo model, int references, string? service = null)
    {
        Services.AddHttpClient();
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton<Judges>();
        Services.AddSingleton(Microsoft.Extensions.Options.Options.Create(new JudgeOptions { Url = service, Model = "seer" }));
        IRenderedComponent<ReflectionSwitch>? page = null;
        page = Render<ReflectionSwitch>(parameters => parameters
            .Add(x => x.Model, model)
            .Add(x => x.References, references)
            .Add(x => x.ValueChanged, EventCallback.Factory.Create<ReflectionBudget?>(this, value =>
            {
                _value = value;
                page!.Render(again => again.Add(x => x.Value, value));
            })));
        return page;
    }
}
