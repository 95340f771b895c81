using GrokVerify.Tasks;

namespace GrokVerify.Measures;

/// <summary>The size at which a share that rises with ln size is one half, by logistic regression, with a bootstrap interval.</summary>
/// <remarks>
/// share = 1 / (1 + exp(-(ln size - ln midpoint) / width)), of greatest likelihood, with shares counted as successes. Found on a grid, because where every size has all or nothing the likelihood has no greatest
/// point: the width is at least 0.02 there, and of midpoints as likely as each other the middle one is taken. The interval draws observations of each size anew, 1,000 times, always the same ones.
/// </remarks>
/// <param name="Size">The midpoint.</param>
/// <param name="Low">Lower end of its 95% interval.</param>
/// <param name="High">Upper end.</param>
internal sealed record LogisticMidpoint(double Size, double Low, double High)
{
    private const int Places = 400;
    private const int Draws = 1_000;
    private const double Smallest = 1e-12;
    private static readonly double[] Widths = [0.02, 0.03, 0.05, 0.07, 0.1, 0.14, 0.2, 0.28, 0.4, 0.56, 0.8, 1.1, 1.6];

    /// <summary>The midpoint with its interval, e.g. "282 (260 to 310)"; "none" for null.</summary>
    public static string Words(LogisticMidpoint? midpoint) => midpoint is null ? "none" : FormattableString.Invariant($"{midpoint.Size:N0} ({midpoint.Low:N0} to {midpoint.High:N0})");

    /// <param name="observations">Sizes, positive, each with a share from 0 to 1; several of one size are one sample each.</param>
    /// <returns>Null where the shares do not pass one half between the smallest and the largest size.</returns>
    public static LogisticMidpoint? Fit(IReadOnlyList<(double Size, double Share)> observations)
    {
        double[][] shares = [.. observations.GroupBy(one => one.Size).OrderBy(size => size.Key).Select(size => size.Select(one => one.Share).ToArray())];
        double[] sizes = [.. observations.Select(one => Math.Log(one.Size)).Distinct().Order()];
        var grid = new Grid(sizes);
        if (grid.MostLikely(shares) is not double midpoint)
        {
            return null;
        }

        var twister = new MersenneTwister(0u);
        double[] drawn = [.. Enumerable.Range(0, Draws).Select(_ => grid.MostLikely([.. shares.Select(of => of.Select(_ => of[Below(twister, of.Length)]).ToArray())]) ?? midpoint).Order()];
        return new LogisticMidpoint(Math.Exp(midpoint), Math.Exp(drawn[Draws / 40]), Math.Exp(drawn[Draws - 1 - (Draws / 40)]));
    }

    private static int Below(MersenneTwister twister, int bound) => (int)(((ulong)twister.NextUInt32() * (ulong)bound) >> 32);

    /// <summary>Every midpoint between the smallest and the largest size, with every width: what a success and a failure at each size add to the likelihood.</summary>
    private sealed class Grid(double[] sizes)
    {
        private readonly (double Midpoint, double[] Success, double[] Failure)[] _points =
        [
            .. from place in Enumerable.Range(0, Places + 1)
               let midpoint = sizes[0] + ((sizes[^1] - sizes[0]) * place / Places)
               from width in Widths
               let probabilities = sizes.Select(size => 1 / (1 + Math.Exp((midpoint - size) / width))).ToArray()
               select (midpoint, probabilities.Select(p => Math.Log(Math.Max(p, Smallest))).ToArray(), probabilities.Select(p => Math.Log(Math.Max(1 - p, Smallest))).ToArray()),
        ];

        public double? MostLikely(double[][] shares)
        {
            if (shares[0].Average() >= 0.5 == shares[^1].Average() >= 0.5)
            {
                return null;
            }

            double[] successes = [.. shares.Select(of => of.Sum())];
            double[] failures = [.. shares.Select((of, i) => of.Length - successes[i])];
            double greatest = double.NegativeInfinity;
            double first = 0;
            double last = 0;
            foreach ((double midpoint, double[] success, double[] failure) in _points)
            {
                double likelihood = 0;
                for (int i = 0; i < successes.Length; i++)
                {
                    likelihood += (successes[i] * success[i]) + (failures[i] * failure[i]);
                }

                if (likelihood > greatest + 1e-9)
                {
                    (greatest, first, last) = (likelihood, midpoint, midpoint);
                }
                else if (likelihood > greatest - 1e-9)
                {
                    last = midpoint;
                }
            }

            return (first + last) / 2;
        }
    }
}
