using System.Numerics.Tensors;
using GrokVerify.Fourier;
using GrokVerify.Model;
using GrokVerify.Numerics;
using GrokVerify.Tasks;

namespace GrokVerify.Measures.Certified;

/// <summary>The pair by pair part of <see cref="AccuracyBound"/>, on tables that are made once.</summary>
internal sealed class AccuracyProof
{
    /// <summary>Bounds are made this much larger, so that the rounding of norms and of their sum cannot make them too small: far more than 2^-53 times the longest of those sums.</summary>
    private const double Inflation = 1 + (1.0 / (1 << 30));

    private readonly ModularTask _task;
    private readonly TransformerConfig _config;
    private readonly SymmetricAttention _attention;
    private readonly NeuronGroups _groups;
    private readonly SymmetricNeurons _neurons;
    private readonly NeuronWaves _waves;
    private readonly HeadTables _skipWaves;
    private readonly Matrix _skipRestNorms;
    private readonly Matrix _skipNorms;
    private readonly double[] _skipCentre;
    private readonly double[] _constant;
    private readonly double _rounding;

    public AccuracyProof(TransformerWeights weights, ModularTask task, LogitMaps maps, IReadOnlyList<int> frequencies)
    {
        _task = task;
        _config = weights.Config;
        var basis = new FourierBasis(task.Prime);
        _attention = new SymmetricAttention(weights);
        _groups = new NeuronGroups(basis, frequencies, maps.Neurons);
        _neurons = new SymmetricNeurons(weights, _attention, _groups.Order);
        var pattern = new Matrix(2, _config.Heads);
        double[] symmetric = new double[_config.DModel];
        _waves = new NeuronWaves(basis, frequencies, _groups, (a, b, neurons) =>
        {
            _attention.Place(a, b, pattern, symmetric);
            _neurons.Fill(a, b, pattern, neurons);
        });

        Matrix skipWaves = MatrixProduct.Multiply(maps.Attention, _groups.Waves.Transpose());
        _skipWaves = new HeadTables(_attention, skipWaves);
        Matrix rest = MatrixProduct.Multiply(skipWaves, _groups.Waves);
        TensorPrimitives.Subtract(maps.Attention.Values, rest.Values, rest.Values);
        _skipRestNorms = ColumnDifferences.Norms(rest, 0, rest.Rows);
        _skipNorms = ColumnDifferences.Norms(maps.Attention, 0, maps.Attention.Rows);
        _skipCentre = new double[_config.DModel];
        for (int x = 0; x < task.Prime; x++)
        {
            MatrixProduct.AddScaled(1.0 / task.Prime, _attention.Values.Row(x), _skipCentre);
        }

        double[] residual = [.. _attention.Constant];
        for (int i = 0; i < residual.Length; i++)
        {
            residual[i] += weights["b_out"][i];
        }

        _constant = MatrixProduct.Multiply(residual, maps.Unembedding);
        for (int c = 0; weights.OptionalBiases is { } biases && c < _constant.Length; c++)
        {
            _constant[c] += biases.Unembedding[c];
        }

        TensorPrimitives.Add(_constant, MatrixProduct.Multiply(_skipCentre, rest), _constant);
        _rounding = RoundingSlack.Of(weights);
    }

    /// <summary>Multiply-adds of the constructor and of <see cref="Run"/>.</summary>
    public static long MultiplyAdds(TransformerConfig config, long frequencies, long classes)
    {
        (long p, long d, long m) = (config.Prime, config.DModel, config.DMlp);
        long place = SymmetricAttention.MultiplyAddsOfPlace(config) + SymmetricNeurons.MultiplyAddsOfFill(config);
        long tables = SymmetricAttention.MultiplyAdds(config) + NeuronGroups.MultiplyAdds(m, frequencies, classes) + SymmetricNeurons.MultiplyAdds(config)
            + (p * place) + NeuronWaves.MultiplyAdds(p, m, frequencies, classes)
            + (2 * frequencies * d * ((2 * classes) + p)) + (2 * ColumnDifferences.MultiplyAdds(d, classes)) + (2 * d * classes) + (p * d);

        // A neuron: two numbers of its own wave, four waves taken off, one square. A logit: 2|K| waves and four lines; for each order a norm of each group, and six for the rest of the bound and the margin.
        long pair = place + (7 * m) + (4 * frequencies * config.Heads) + (2 * d) + (2 * config.Heads * config.Heads) + (classes * ((2 * frequencies) + 4 + (2 * (frequencies + 6))));
        return tables + (p * (p + 1) / 2 * pair);
    }

    /// <summary>Of every pair a number that its true margin, the label's logit less the largest other, is not below; NaN where a number overflowed. A pair is proved right where it is above 0.</summary>
    public (double[] LeastMargins, MarginParts Margins) Run()
    {
        int p = _task.Prime;
        double[] least = new double[_task.PairCount];
        var sum = new double[4];
        var pattern = new Matrix(2, _config.Heads);
        double[] symmetric = new double[_config.DModel];
        double[] neurons = new double[_config.DMlp];
        double[] logits = new double[_task.Classes];
        double[] groupNorms = new double[_groups.RestNorms.Length];
        for (int a = 0; a < p; a++)
        {
            for (int b = a; b < p; b++)
            {
                (OrderOffset given, OrderOffset swapped) = _attention.Place(a, b, pattern, symmetric);
                _neurons.Fill(a, b, pattern, neurons);
                Keep(a, b, pattern, neurons, logits);
                _waves.Neurons.AddTo(a, b, -1, neurons);
                for (int group = 0; group < groupNorms.Length; group++)
                {
                    groupNorms[group] = TensorPrimitives.Norm<double>(neurons.AsSpan(_groups.Starts[group], _groups.Starts[group + 1] - _groups.Starts[group]));
                }

                double skip = TensorPrimitives.Distance<double>(symmetric, _skipCentre);
                least[(a * p) + b] = LeastMargin((a * p) + b, given, logits, groupNorms, skip, sum);
                if (a != b)
                {
                    least[(b * p) + a] = LeastMargin((b * p) + a, swapped, logits, groupNorms, skip, sum);
                }
            }
        }

        TensorPrimitives.Divide(sum, _task.PairCount, sum);
        return (least, new MarginParts(sum[0], sum[1], sum[2], sum[3], _rounding));
    }

    /// <summary>Writes the logits that are kept: the constant, the waves that neurons and attention write, and what the neurons' own waves write besides.</summary>
    private void Keep(int a, int b, Matrix pattern, double[] neurons, double[] logits)
    {
        double[] waves = new double[_groups.Waves.Rows];
        _skipWaves.AddTo(a, b, pattern, waves);
        for (int neuron = 0; neuron < neurons.Length; neuron++)
        {
            int wave = 2 * _groups[neuron];
            waves[wave] += neurons[neuron] * _groups.Own[neuron, 0];
            waves[wave + 1] += neurons[neuron] * _groups.Own[neuron, 1];
        }

        _constant.CopyTo(logits, 0);
        for (int wave = 0; wave < waves.Length; wave++)
        {
            MatrixProduct.AddScaled(waves[wave], _groups.Waves.Row(wave), logits);
        }

        _waves.Logits.AddTo(a, b, 1, logits);
    }

    private double LeastMargin(int pair, OrderOffset offset, double[] logits, double[] groupNorms, double skip, double[] sum)
    {
        int label = _task.Labels[pair];
        double order = _neurons.OrderNorm(offset);
        double kept = double.PositiveInfinity;
        double least = double.PositiveInfinity;
        var parts = (Neurons: 0.0, Skip: 0.0, Order: 0.0);
        for (int c = 0; c < logits.Length; c++)
        {
            if (c == label)
            {
                continue;
            }

            double ofNeurons = 0;
            for (int group = 0; group < groupNorms.Length; group++)
            {
                ofNeurons += groupNorms[group] * _groups.RestNorms[group][label, c];
            }

            double ofSkip = skip * _skipRestNorms[label, c];
            double ofOrder = (order * _groups.WholeNorms[label, c]) + (offset.Whole * _skipNorms[label, c]);
            double margin = logits[label] - logits[c];
            double left = margin - ((ofNeurons + ofSkip + ofOrder) * Inflation) - _rounding;
            kept = Math.Min(kept, margin);
            parts = left < least ? (ofNeurons, ofSkip, ofOrder) : parts;
            least = Math.Min(least, left);
        }

        sum[0] += kept;
        sum[1] += parts.Neurons;
        sum[2] += parts.Skip;
        sum[3] += parts.Order;
        return least;
    }
}
