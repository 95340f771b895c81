using GrokVerify.Model;

namespace GrokVerify.Tests.ForwardPass;

/// <summary>
/// The network as the paper writes it, one pair at a time: three tokens, or a and b alone, read at the last; a causal mask, scalar float64 loops.
/// It shares no code with the library but the layout of the parameters.
/// </summary>
/// <param name="weights">The network.</param>
/// <param name="positions">Tokens that it reads: 3, or 2 without "=".</param>
/// <param name="rate">The share of the softmax in the attention weights; the rest is the same for every token.</param>
internal sealed class NaiveForward(TransformerWeights weights, int positions = 3, double rate = 1)
{
    private readonly TransformerConfig _config = weights.Config;

    public double[] Pattern { get; private set; } = [];

    public double[] Z { get; private set; } = [];

    public double[] Post { get; private set; } = [];

    public double[] Logits { get; private set; } = [];

    public NaiveForward Run(int a, int b, double[]? deltaFirst = null, double[]? deltaSecond = null)
    {
        int[] tokens = [a, b, _config.Prime];
        double[][] x = new double[positions][];
        for (int position = 0; position < positions; position++)
        {
            x[position] = new double[_config.DModel];
            for (int i = 0; i < _config.DModel; i++)
            {
                x[position][i] = (double)At("W_E", (tokens[position] * _config.DModel) + i) + At("W_pos", (position * _config.DModel) + i)
                    + (position == 0 && deltaFirst is not null ? deltaFirst[i] : 0) + (position == 1 && deltaSecond is not null ? deltaSecond[i] : 0);
            }
        }

        Pattern = new double[_config.Heads * 3];
        Z = new double[_config.DModel];
        double[] residual = [.. x[^1]];
        for (int head = 0; head < _config.Heads; head++)
        {
            AddHead(head, x, residual);
        }

        Post = [.. Affine(residual, "W_in", _config.DMlp, "b_in").Select(value => value > 0 ? value : 0)];
        double[] mlp = Affine(Post, "W_out", _config.DModel, "b_out");
        Logits = Affine([.. residual.Zip(mlp, (r, m) => r + m)], "W_U", _config.VocabularySize, null);
        return this;
    }

    private void AddHead(int head, double[][] x, double[] residual)
    {
        int width = _config.DHead;
        double[] Project(string name, double[] input) =>
            [.. Enumerable.Range(0, width).Select(j => Enumerable.Range(0, _config.DModel).Sum(i => input[i] * At(name, (((head * _config.DModel) + i) * width) + j)))];

        double[] query = Project("W_Q", x[^1]);
        double[] scores = [.. x.Select(input => query.Zip(Project("W_K", input), (q, k) => q * k).Sum() / Math.Sqrt(width))];
        double[] exponentials = [.. scores.Select(score => Math.Exp(score - scores.Max()))];
        for (int position = 0; position < positions; position++)
        {
            double weight = (rate * exponentials[position] / exponentials.Sum()) + 1 - rate;
            Pattern[(head * 3) + position] = weight;
            double[] value = Project("W_V", x[position]);
            for (int j = 0; j < width; j++)
            {
                Z[(head * width) + j] += weight * value[j];
            }
        }

        for (int i = 0; i < _config.DModel; i++)
        {
            for (int j = 0; j < width; j++)
            {
                residual[i] += Z[(head * width) + j] * At("W_O", (((head * width) + j) * _config.DModel) + i);
            }
        }
    }

    private double[] Affine(double[] input, string matrix, int outputs, string? bias)
    {
        double[] result = new double[outputs];
        for (int j = 0; j < outputs; j++)
        {
            for (int i = 0; i < input.Length; i++)
            {
                result[j] += input[i] * At(matrix, (i * outputs) + j);
            }

            result[j] += bias is null ? 0 : At(bias, j);
        }

        return result;
    }

    private float At(string name, int index) => weights[name][index];
}
