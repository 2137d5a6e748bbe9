using OmniGen2.Evaluation.Parity;

namespace OmniGen2.Tests.Evaluation;

public class CaseChecksTests
{
    private readonly CaseChecks _checks = new();

    private ParityRecord Last => _checks.Records[^1];

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(0.51, false)]
    public void Tolerance_of_the_largest_counts_from_the_recorded_tensor(double difference, bool isOk)
    {
        _checks.Near<double>("x", [-50, 1], [-50, 1 + difference], Tolerance.OfLargest(0.01));
        Assert.Equal((difference, 0.5, isOk), (Math.Round(Last.Error, 9), Last.Tolerance!.Value, Last.IsOk));
        Assert.Equal(difference / 0.5, Last.Share, 9);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void What_is_not_a_number_is_never_close(float computed)
    {
        _checks.Near<float>("x", [1, 2], [1, computed], Tolerance.Within(1e9));
        Assert.False(Last.IsOk);
        _checks.Points("x", [1, 2], [1, computed], leastCosine: -1);
        Assert.False(Last.IsOk);
    }

    [Fact]
    public void Equal_infinities_and_equal_zeros_agree()
    {
        _checks.Near<double>("x", [double.NegativeInfinity, 0, double.PositiveInfinity], [double.NegativeInfinity, 0, double.PositiveInfinity], Tolerance.Exact);
        Assert.Equal((0.0, 1.0, true), (Last.Error, Last.Cosine, Last.IsOk));
    }

    [Fact]
    public void Another_number_of_values_is_named_with_both_counts()
    {
        _checks.Near<float>("x", [1, 2], [1], Tolerance.Within(1));
        Assert.Equal("x: has 1 values where 2 are recorded", Last.Sentence);
        _checks.Same("ids", [1, 2, 3], [1, 5, 6]);
        Assert.Equal("ids: 2 of 3 values differ, first [1]: 5 instead of 2", Last.Sentence);
    }

    [Theory]
    [InlineData(1, 0.25, true)]
    [InlineData(2, 0.25, false)]
    [InlineData(1, 0.2, false)]
    public void Pictures_may_differ_by_a_level_in_a_part_of_their_bytes(int level, double part, bool isOk)
    {
        _checks.Levels("png", [9, 9, 9, 9], [9, (byte)(9 + level), 9, 9], levels: 1, part);
        Assert.Equal(isOk, Last.IsOk);
    }

    [Theory]
    [InlineData(0.99, null, true)]
    [InlineData(0.9999, null, false)]
    [InlineData(0.99, 0.1, true)]
    [InlineData(0.99, 0.01, false)]
    public void Rounded_numbers_need_direction_and_where_it_is_said_closeness(double leastCosine, double? part, bool isOk)
    {
        _checks.Points("x", [1, 0], [1, 0.05f], leastCosine, part);
        Assert.Equal(isOk, Last.IsOk);
    }

    [Fact]
    public void Case_without_any_comparison_is_failed_and_the_closest_record_speaks_for_the_others()
    {
        Assert.True(new ParityResult([]).IsFailed);
        _checks.Near("loose", 0, 5, 100);
        _checks.Near("tight", 0, 0.9, 1);
        var result = new ParityResult(_checks.Records);
        Assert.True(result.IsOk);
        Assert.Equal("tight", result.Closest!.Name);
        _checks.Near("over", 0, 2, 1);
        Assert.Equal("over is off by 2, allowed is 1", new ParityResult(_checks.Records).Explanation);
    }
}
