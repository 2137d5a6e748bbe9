using OmniGen2.Training;
using OmniGen2.Training.Optimizers;

namespace OmniGen2.Tests.Training;

public sealed class TrainingSettingsTests
{
    [Fact]
    public void Settings_are_read_in_snake_case()
    {
        var settings = Read("""{ "steps": 100, "precision": "bf16", "schedule": { "shape": "linear", "warmup": 8, "decay_from": 0.7 }, /* mine */ "average_decay": 0.995, }""");
        settings.Check("file");
        Assert.Equal((100, TrainingPrecision.Bf16, 0.995), (settings.Steps, settings.Precision, settings.AverageDecay));
        Assert.Equal(new LearningRateSchedule { Shape = LearningRateShape.Linear, Warmup = 8, DecayFrom = 0.7 }, settings.Schedule);
    }

    [Theory]
    [InlineData("""{ "steps": 9, "stepz": 1 }""", "has the unknown key 'stepz'; known: steps, accumulation")]
    [InlineData("""{ "steps": 9, "schedule": { "warm_up": 1 } }""", "has the unknown key 'schedule.warm_up'; known: shape, warmup")]
    [InlineData("""{ "accumulation": 2 }""", "'steps'")]
    [InlineData("""{ "steps": "many" }""", "at 'steps'")]
    [InlineData("""{ "steps": 9, "precision": "fp8" }""", "at 'precision'")]
    [InlineData("null", "holds null")]
    [InlineData("{", "cannot be understood")]
    public void A_wrong_file_is_a_sentence(string json, string expected) => Assert.Contains(expected, Assert.Throws<ModelException>(() => Read(json)).Message);

    [Theory]
    [InlineData("""{ "steps": 0 }""", "F.json: steps = 0 must be at least 1.")]
    [InlineData("""{ "steps": 9, "accumulation": 0 }""", "F.json: accumulation = 0 must be at least 1.")]
    [InlineData("""{ "steps": 9, "average_decay": 1 }""", "F.json: average_decay = 1 must be from 0 to below 1.")]
    [InlineData("""{ "steps": 9, "schedule": { "warmup": 10 } }""", "F.json: schedule.warmup = 10 must be from 0 to steps = 9.")]
    public void An_impossible_number_is_a_sentence(string json, string expected) =>
        Assert.Equal(expected, Assert.Throws<ModelException>(() => Read(json).Check("F.json")).Message);

    [Fact]
    public void A_missing_file_is_a_sentence() =>
        Assert.Contains("cannot be read", Assert.Throws<ModelException>(() => StrictJson.Load<TrainingSettings>("nowhere.json")).Message);

    private static TrainingSettings Read(string json)
    {
        using var file = new TemporaryFile(json);
        return StrictJson.Load<TrainingSettings>(file.Path);
    }
}
