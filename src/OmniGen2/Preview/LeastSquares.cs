namespace OmniGen2.Preview;

/// <summary>Collects input and output rows and solves for the linear map between them (normal equations, Cholesky).</summary>
internal sealed class LeastSquares(int inputs, int outputs)
{
    private readonly double[,] _squares = new double[inputs, inputs];
    private readonly double[,] _products = new double[inputs, outputs];
    private long _rows;

    public void Add(ReadOnlySpan<double> input, ReadOnlySpan<double> output)
    {
        _rows++;
        for (var i = 0; i < inputs; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                _squares[i, j] += input[i] * input[j];
            }

            for (var k = 0; k < outputs; k++)
            {
                _products[i, k] += input[i] * output[k];
            }
        }
    }

    /// <summary>One row of outputs for each input.</summary>
    public double[][] Solve(double ridge)
    {
        var factor = Factor(ridge * _rows);
        var solution = Enumerable.Range(0, inputs).Select(_ => new double[outputs]).ToArray();
        for (var k = 0; k < outputs; k++)
        {
            var forward = new double[inputs];
            for (var i = 0; i < inputs; i++)
            {
                forward[i] = (_products[i, k] - Sum(0, i, j => factor[i, j] * forward[j])) / factor[i, i];
            }

            for (var i = inputs - 1; i >= 0; i--)
            {
                solution[i][k] = (forward[i] - Sum(i + 1, inputs, j => factor[j, i] * solution[j][k])) / factor[i, i];
            }
        }

        return solution;
    }

    private double[,] Factor(double ridge)
    {
        var factor = new double[inputs, inputs];
        for (var i = 0; i < inputs; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rest = _squares[i, j] + (i == j ? ridge : 0) - Sum(0, j, k => factor[i, k] * factor[j, k]);
                factor[i, j] = i == j ? Math.Sqrt(rest) : rest / factor[j, j];
            }
        }

        return factor;
    }

    private static double Sum(int from, int to, Func<int, double> term)
    {
        var sum = 0.0;
        for (var i = from; i < to; i++)
        {
            sum += term(i);
        }

        return sum;
    }
}
