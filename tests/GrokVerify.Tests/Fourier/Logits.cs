using GrokVerify.Model;
using GrokVerify.Numerics;

namespace GrokVerify.Tests.Fourier;

/// <summary>Logits made by formula.</summary>
internal static class Logits
{
    public static Matrix Of(int prime, Func<int, int, int, double> logit, int classes = 0)
    {
        var logits = new Matrix(prime * prime, classes == 0 ? prime : classes);
        for (int pair = 0; pair < logits.Rows; pair++)
        {
            for (int c = 0; c < logits.Columns; c++)
            {
                logits[pair, c] = logit(pair / prime, pair % prime, c);
            }
        }

        return logits;
    }

    /// <summary>sum over k of alpha_k cos(w_k(a + b - c)).</summary>
    public static Matrix Clock(int prime, params (int Frequency, double Alpha)[] terms) =>
        Of(prime, (a, b, c) => terms.Sum(term => term.Alpha * Math.Cos(2 * Math.PI * term.Frequency * (a + b - c) / prime)));

    public static Matrix Random(int prime, int columns, long seed) => new(prime * prime, columns, new TorchRandom(seed).Normal(prime * prime * columns));
}
