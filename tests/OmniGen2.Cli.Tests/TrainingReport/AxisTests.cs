using OmniGen2.Cli.TrainingReport;

namespace OmniGen2.Cli.Tests.TrainingReport;

public sealed class AxisTests
{
    [Theory]
    [InlineData(0, 40_000, 5, "0 10k 20k 30k 40k")]
    [InlineData(0, 1.05, 6, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(0.14195, 0.14211, 3, "0.142 0.1421")]
    [InlineData(0, 2.1e6, 4, "0 1M 2M")]
    [InlineData(11_900, 12_150, 3, "11.9k 12k 12.1k")]
    [InlineData(0, 0.0009, 3, "0 5e-4")]
    [InlineData(-0.3, 0.2, 6, "-0.3 -0.2 -0.1 0 0.1 0.2")]
    public void Marks_are_round(double low, double high, int most, string marks) =>
        Assert.Equal(marks, string.Join(' ', new Axis(low, high, IsLogarithmic: false).Marks(most).Select(m => m.Text)));

    [Theory]
    [InlineData(0.02, 30, 6, "0.1 1 10")]
    [InlineData(0.9, 40, 6, "1 2 5 10 20")]
    public void Marks_of_values_far_apart_are_powers(double low, double high, int most, string marks) =>
        Assert.Equal(marks, string.Join(' ', new Axis(low, high, IsLogarithmic: true).Marks(most).Select(m => m.Text)));

    [Fact]
    public void Rare_outliers_do_not_press_the_rest_flat()
    {
        var axis = Axis.Fit([.. Enumerable.Range(0, 1000).Select(i => 1 + (i / 1000.0)), 500], mayBeLogarithmic: false);
        Assert.InRange(axis.High, 2, 2.1);
        Assert.True(Axis.Fit([0.01, 1], mayBeLogarithmic: true).IsLogarithmic);
        Assert.False(Axis.Fit([0, 1], mayBeLogarithmic: true).IsLogarithmic);
    }

    [Fact]
    public void Smoothed_curve_does_not_lag_behind()
    {
        var smooth = RunCharts.Smooth([.. Enumerable.Range(0, 1200).Select(i => i + (i % 2 == 0 ? 50.0 : -50.0))]);
        Assert.All(Enumerable.Range(100, 1000), i => Assert.InRange(smooth[i], i - 3, i + 3));
        Assert.Equal([3.0, 5.0], RunCharts.Smooth([3, 5]));
    }

    [Fact]
    public void Equal_values_lie_in_the_middle() => Assert.Equal(0.5, Axis.Fit([3, 3, 3], mayBeLogarithmic: false).At(3), 1e-9);

    [Fact]
    public void Thinned_curve_keeps_its_ends_and_extremes()
    {
        var points = Enumerable.Range(1, 100_000).Select(i => new CurvePoint(i, i == 77_777 ? 9 : Math.Sin(i / 5000.0)));
        var thin = Curve.Of("main", points).Thinned();
        Assert.InRange(thin.Points.Count, 300, 600);
        Assert.Contains(new CurvePoint(77_777, 9), thin.Points);
        Assert.Equal(thin.Points.Select(p => p.Step).Order(), thin.Points.Select(p => p.Step));
    }
}
