using GrokVerify.Engines;
using GrokVerify.Model;

namespace GrokVerify.Tests.Engines;

/// <summary>The rules for a gradient as they are written down, in float64.</summary>
internal sealed class GradientInDoubles(TrainingConfig config)
{
    private double[]? _mean;

    /// <summary>Changes the gradient, and where zeros are kept the moments, too.</summary>
    public void Apply(double[] theta, double[] gradient, double[] m, double[] v)
    {
        foreach (ParameterTensor tensor in new ParameterLayout(config.Model).Tensors)
        {
            int[] places = [.. Enumerable.Range(tensor.Offset, tensor.Count)];
            foreach (int i in places.Where(i => config.KeepZeros && !tensor.Name.StartsWith('b') && theta[i] == 0))
            {
                (gradient[i], m[i], v[i]) = (0, 0, 0);
            }

            if (config.PerpendicularGradient)
            {
                double along = places.Sum(i => theta[i] * gradient[i]) / (places.Sum(i => theta[i] * theta[i]) + 1e-30);
                double length = Math.Sqrt(places.Sum(i => gradient[i] * gradient[i]));
                foreach (int i in places)
                {
                    gradient[i] -= along * theta[i];
                }

                double left = Math.Sqrt(places.Sum(i => gradient[i] * gradient[i]));
                foreach (int i in places)
                {
                    gradient[i] *= length / (left + 1e-30);
                }
            }
        }

        if (config.Grokfast is Grokfast grokfast)
        {
            _mean = _mean is null ? [.. gradient] : [.. _mean.Zip(gradient, (mean, g) => (grokfast.Alpha * mean) + ((1 - grokfast.Alpha) * g))];
            for (int i = 0; i < gradient.Length; i++)
            {
                gradient[i] += grokfast.Lambda * _mean[i];
            }
        }
    }
}
