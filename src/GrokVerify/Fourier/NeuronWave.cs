namespace GrokVerify.Fourier;

/// <summary>One neuron in waves of its own frequency, as its weights have them.</summary>
/// <param name="Frequency">k.</param>
/// <param name="PhaseOfFirst">f_a of what it reads, r_a cos(w_k a + f_a).</param>
/// <param name="PhaseOfSecond">f_b of what it reads, r_b cos(w_k b + f_b).</param>
/// <param name="Sum">After the ReLU: coefficients of cos(w_k(a + b)) and sin(w_k(a + b)).</param>
/// <param name="Written">In W_L: coefficients of cos(w_k c) and sin(w_k c).</param>
internal readonly record struct NeuronWave(int Frequency, double PhaseOfFirst, double PhaseOfSecond, (double Cosine, double Sine) Sum, (double Cosine, double Sine) Written)
{
    /// <summary>f_out of what it writes, cos(w_k c + f_out).</summary>
    public double PhaseWritten => Math.Atan2(-Written.Sine, Written.Cosine);

    /// <summary>What it adds to alpha_k.</summary>
    public double Alpha => ((Sum.Cosine * Written.Cosine) + (Sum.Sine * Written.Sine)) / 2;

    /// <summary>The most that it could add, were its phases to agree.</summary>
    public double Weight => Amplitude(Sum) * Amplitude(Written) / 2;

    private static double Amplitude((double Cosine, double Sine) wave) => Math.Sqrt((wave.Cosine * wave.Cosine) + (wave.Sine * wave.Sine));
}
