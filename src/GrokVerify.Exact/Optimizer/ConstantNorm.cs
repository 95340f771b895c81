using GrokVerify.Exact.Buffers;

namespace GrokVerify.Exact.Optimizer;

/// <summary>Takes the vector of all weights back to one norm, after an update of them.</summary>
/// <remarks>
/// The sum of squares is float64, in an order that knows neither threads nor vectors: within each stretch ascending, then over the stretches ascending.
/// The square of a float32 has 48 bits and is exact.
/// </remarks>
internal sealed unsafe class ConstantNorm
{
    private readonly ParameterPanels _weights;
    private readonly double _sumOfSquares;
    private readonly (nint First, nint Count)[] _stretches;
    private readonly double[] _sums;

    /// <param name="weights">All weights; what fills up their panels is zero.</param>
    /// <param name="sumOfSquares">The square of the norm to keep.</param>
    /// <param name="stretches">Which parts of the weights are updated by which job.</param>
    public ConstantNorm(ParameterPanels weights, double sumOfSquares, IEnumerable<(nint First, nint Count)> stretches)
    {
        _weights = weights;
        _sumOfSquares = sumOfSquares;
        _stretches = [.. stretches];
        _sums = new double[_stretches.Length];
        RescalingJobs = [.. Enumerable.Range(0, _stretches.Length).Select(stretch => (Action)(() => Rescale(stretch)))];
    }

    /// <summary>For the phase after the one in which every stretch was updated and summed.</summary>
    public Action[] RescalingJobs { get; }

    /// <summary>Sums a stretch that was just updated.</summary>
    public void Sum(int stretch)
    {
        (nint first, nint count) = _stretches[stretch];
        double sum = 0;
        for (nint i = first; i < first + count; i++)
        {
            double value = _weights.Data[i];
            sum += value * value;
        }

        _sums[stretch] = sum;
    }

    private void Rescale(int stretch)
    {
        double total = 0;
        foreach (double sum in _sums)
        {
            total += sum;
        }

        float factor = (float)Math.Sqrt(_sumOfSquares / total);
        (nint first, nint count) = _stretches[stretch];
        for (nint i = first; i < first + count; i++)
        {
            _weights.Data[i] *= factor;
        }
    }
}
