using GrokVerify.Model;

namespace GrokVerify.Tests.Engines;

/// <summary>How far a gradient is from another, tensor by tensor.</summary>
internal static class GradientError
{
    /// <summary>The norm of each tensor's difference, over the norm of what was expected.</summary>
    public static IEnumerable<(string Tensor, double Relative)> ByTensor(TransformerConfig shape, IReadOnlyList<double> actual, IReadOnlyList<double> expected)
    {
        foreach (ParameterTensor tensor in new ParameterLayout(shape).Tensors)
        {
            double difference = 0;
            double norm = 0;
            for (int i = tensor.Offset; i < tensor.Offset + tensor.Count; i++)
            {
                difference += Math.Pow(actual[i] - expected[i], 2);
                norm += Math.Pow(expected[i], 2);
            }

            norm.Should().BePositive($"a zero gradient of {tensor.Name} would prove nothing");
            yield return (tensor.Name, Math.Sqrt(difference / norm));
        }
    }
}
