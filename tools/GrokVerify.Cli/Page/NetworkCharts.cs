using GrokVerify.Fourier;

namespace GrokVerify.Cli.Page;

/// <summary>The network from inside: spectra, attention, neurons, logits and the circles of the embedding, at every checkpoint of the slider.</summary>
internal static class NetworkCharts
{
    private static readonly Axis Frequency = new("frequency k");

    /// <param name="last">The last network, of which the texts speak.</param>
    /// <param name="shown">The frequencies and neurons that are followed.</param>
    /// <param name="frames">One for each checkpoint, the last network's last.</param>
    public static IEnumerable<Chart> Of(NetworkSpectra last, ShownParts shown, IReadOnlyList<NetworkFrame> frames) =>
    [
        Spectrum(last, "embedding-spectrum", "Fourier spectrum of the embedding W_E", "norm of the cosine and sine rows", [.. frames.Select(frame => frame.EmbeddingNorms)]),
        .. last.NeuronAbsence is null
            ? [Spectrum(last, "neuron-logit-map-spectrum", "Fourier spectrum of the neuron-logit map W_L = W_U W_out", "norm of the cosine and sine rows", [.. frames.Select(frame => frame.NeuronLogitMapNorms!)])]
            : Array.Empty<Chart>(),
        Spectrum(last, "alpha-spectrum", "Coefficients α of cos(w_k(a + b − c)) in the logits", "α (logit units)", [.. frames.Select(frame => frame.Alpha)]),
        .. shown.Frequencies.Select((k, i) => Circle(k, [.. frames.Select(frame => frame.Circles[i])])),
        .. Enumerable.Range(0, frames[0].Attention.Count).Select(head => Attention(last, head, [.. frames.Select(frame => frame.Attention[head])])),
        .. shown.Neurons.Select((neuron, i) => Pairs(
            $"neuron-{neuron.Index}",
            $"Neuron {neuron.Index}: its activation on (a, b)",
            FormattableString.Invariant($"The neuron that frequency {neuron.Frequency} explains best: {neuron.Fve:0%} of its variance in the last network, as waves over a, b, a + b and a − b."),
            [.. frames.Select(frame => frame.Neurons[i])])),
        LogitSpectrum(last, [.. frames.Select(frame => frame.LogitSpectrum)]),
    ];

    private static Chart Spectrum(NetworkSpectra last, string id, string title, string y, IReadOnlyList<IReadOnlyList<double>> frames)
    {
        IReadOnlyList<int> keys = last.KeyFrequencies.Frequencies;
        IReadOnlyList<double> end = frames[^1];
        int[] largest = [.. Enumerable.Range(1, end.Count).OrderByDescending(k => Math.Abs(end[k - 1])).Take(Math.Max(keys.Count, 3)).Order()];
        return new Chart(
            id,
            title,
            $"A bar for each frequency; the largest in the last network are {string.Join(", ", largest)}. {(keys.Count == 0 ? last.KeyFrequencies.AbsenceReason : $"Key frequencies, marked: {string.Join(", ", keys)}.")}",
            Frequency,
            new Axis(y),
            [new Trace(title, TraceKind.Bars, Colour.Grey) { X = [.. Enumerable.Range(1, end.Count)], YFrames = frames, Marked = keys }]);
    }

    private static Chart Circle(int k, IReadOnlyList<EmbeddingCircle> frames)
    {
        double[] radii = [.. frames[^1].Cosine.Zip(frames[^1].Sine, double.Hypot)];
        double mean = radii.Average();
        double spread = mean == 0 ? 0 : Math.Sqrt(radii.Average(radius => (radius - mean) * (radius - mean))) / mean;
        return new Chart(
            $"circle-{k}",
            $"The tokens on the circle of frequency {k}",
            FormattableString.Invariant($"Each token of the embedding along its cosine and its sine of w_{k}. In the last network their distance from the middle is {mean:0.00}, give or take {spread:0%}: {(spread < 0.25 ? "a circle" : "no circle")}."),
            new Axis($"along cos w_{k}"),
            new Axis($"along sin w_{k}"),
            [new Trace($"tokens, frequency {k}", TraceKind.Tokens) { XFrames = [.. frames.Select(frame => frame.Cosine)], YFrames = [.. frames.Select(frame => frame.Sine)] }]) { IsSquare = true };
    }

    private static Chart Attention(NetworkSpectra last, int head, IReadOnlyList<PackedGrid> frames) => Pairs(
        $"attention-{head}",
        $"Head {head}: attention from “=” to a",
        FormattableString.Invariant($"Frequency {last.Attention.Frequencies[head]} describes this head best: {last.Attention.Fractions[head]:0%} of the variance of its attention in the last network, as waves over a and over b."),
        frames) with
        { Range = [0, 1] };

    private static Chart LogitSpectrum(NetworkSpectra last, IReadOnlyList<PackedGrid> frames) => new(
        "logit-spectrum",
        "The logits in the two-dimensional Fourier basis over (a, b)",
        $"Norm over the outputs of each pair of components: 0 is the constant, 2k − 1 the cosine and 2k the sine of frequency k. {(last.KeyFrequencies.Exist ? $"In a network that has grokked, power gathers where both components are of one key frequency: {string.Join(", ", last.KeyFrequencies.Frequencies)}." : last.KeyFrequencies.AbsenceReason)}",
        new Axis("component of b"),
        new Axis("component of a"),
        [new Trace("norm", TraceKind.Heat) { Grids = frames }]) { IsSquare = true };

    private static Chart Pairs(string id, string title, string text, IReadOnlyList<PackedGrid> frames) =>
        new(id, title, text, new Axis("b"), new Axis("a"), [new Trace("value", TraceKind.Heat) { Grids = frames }]) { IsSquare = true };
}
