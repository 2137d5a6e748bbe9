using OmniGen2.Preview;

namespace OmniGen2.Tests.Preview;

public class LeastSquaresTests
{
    [Fact]
    public void Linear_map_is_found_again()
    {
        double[][] map = [[1, -2], [0.5, 3], [0, 0.25]];
        var system = new LeastSquares(3, 2);
        var random = new Random(3);
        for (var i = 0; i < 50; i++)
        {
            double[] input = [random.NextDouble(), random.NextDouble() * 4, 1];
            system.Add(input, [.. Enumerable.Range(0, 2).Select(k => input.Select((v, j) => v * map[j][k]).Sum())]);
        }

        var found = system.Solve(ridge: 0);
        for (var j = 0; j < 3; j++)
        {
            Assert.Equal(map[j][0], found[j][0], 9);
            Assert.Equal(map[j][1], found[j][1], 9);
        }
    }

    [Fact]
    public void Input_that_never_moves_gets_no_weight()
    {
        var system = new LeastSquares(2, 1);
        for (var i = 0; i < 10; i++)
        {
            system.Add([i, 0], [2 * i]);
        }

        var found = system.Solve(ridge: 1e-9);
        Assert.Equal(2, found[0][0], 6);
        Assert.Equal(0, found[1][0], 6);
    }
}
