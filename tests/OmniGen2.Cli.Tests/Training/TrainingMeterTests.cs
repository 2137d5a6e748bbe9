using OmniGen2.Cli.Training;
using OmniGen2.Training;

namespace OmniGen2.Cli.Tests.Training;

public sealed class TrainingMeterTests
{
    [Fact]
    public void Line_tells_step_speed_loss_validation_time_left_and_the_state_s_age()
    {
        var meter = Meter(10);
        Assert.Equal(
            "train vae  step 10/110  8.0 samples/s  loss 0.5  50 s left  saved 1 min 20 s ago  val psnr 31.2",
            meter.Text(budgetLeft: null, TimeSpan.FromSeconds(80), withScores: true));
    }

    [Fact]
    public void Budget_that_is_over_earlier_decides_about_the_time_left()
    {
        Assert.Contains("  7.0 s left", Meter(10).Text(TimeSpan.FromSeconds(7), null, withScores: false));
        Assert.Contains("  50 s left", Meter(10).Text(TimeSpan.FromHours(7), null, withScores: false));
    }

    [Fact]
    public void Nothing_is_guessed_from_a_single_step() => Assert.Equal("train vae  step 1/110  loss 0.5", Meter(1).Text(null, null, withScores: true));

    [Fact]
    public void Loss_is_evened_out_without_owing_to_a_start_value()
    {
        var smoothing = new Smoothing(0.9);
        Assert.Equal(4, smoothing.Add(4), 1e-12);
        Assert.Equal(((0.9 * 4) + 2) / 1.9, smoothing.Add(2), 1e-12);
    }

    private static TrainingMeter Meter(int steps)
    {
        var meter = new TrainingMeter("vae", 110);
        for (var i = 1; i <= steps; i++)
        {
            meter.Add(new TrainingStep
            {
                Step = i,
                Samples = 4 * i,
                Seconds = 0.5 * i,
                Loss = 0.5,
                Rate = 1,
                GradientNorm = 1,
                Validation = i == 5 ? new Dictionary<string, double> { ["psnr"] = 31.2 } : null,
            });
        }

        return meter;
    }
}
