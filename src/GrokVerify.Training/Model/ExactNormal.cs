namespace GrokVerify.Model;

/// <summary>
/// Standard normal numbers by Karney's algorithm N: comparisons of uniform numbers only, no logarithm and no exponential,
/// so that every machine draws the same bits. The distribution is exact up to the 53 bits of each uniform number.
/// </summary>
/// <remarks>
/// Source: C. F. F. Karney, "Sampling exactly from the normal distribution", ACM TOMS 42 (2016), algorithms N, H and B.
/// The uniform numbers come from SplitMix64 (Steele, Lea, Flood, OOPSLA 2014), keyed by the seed and the FNV-1a hash of the stream's name.
/// </remarks>
internal sealed class ExactNormal
{
    private ulong _state;

    public ExactNormal(long seed, string stream)
    {
        ulong hash = 14695981039346656037UL;
        foreach (char character in stream)
        {
            hash = (hash ^ character) * 1099511628211UL;
        }

        _state = (ulong)seed;
        _state = NextUInt64() ^ hash;
    }

    /// <summary>The next number.</summary>
    public double Next()
    {
        while (true)
        {
            int k = 0;
            while (HalfExponential())
            {
                k++;
            }

            if (!AcceptInteger(k))
            {
                continue;
            }

            double x = NextUniform();
            if (AcceptFraction(k, x))
            {
                return (NextUInt64() >> 63) == 0 ? k + x : -(k + x);
            }
        }
    }

    /// <summary>True with probability exp(-k (k - 1) / 2): step N2.</summary>
    private bool AcceptInteger(int k)
    {
        for (int i = 0; i < k * (k - 1); i++)
        {
            if (!HalfExponential())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True with probability exp(-x (2k + x) / 2): step N4, k + 1 trials of algorithm B.</summary>
    private bool AcceptFraction(int k, double x)
    {
        for (int i = 0; i <= k; i++)
        {
            if (!BernoulliOfFraction(k, x))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True with probability exp(-1/2): algorithm H, the parity of a decreasing run that starts below 1/2.</summary>
    private bool HalfExponential()
    {
        double last = 0.5;
        bool even = true;
        while (true)
        {
            double next = NextUniform();
            if (next >= last)
            {
                return even;
            }

            last = next;
            even = !even;
        }
    }

    /// <summary>True with probability exp(-x (2k + x) / (2k + 2)): algorithm B.</summary>
    private bool BernoulliOfFraction(int k, double x)
    {
        double last = x;
        bool even = true;
        while (true)
        {
            double next = NextUniform();
            if (next >= last || NextUniform() * ((2 * k) + 2) >= (2 * k) + x)
            {
                return even;
            }

            last = next;
            even = !even;
        }
    }

    private double NextUniform() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    private ulong NextUInt64()
    {
        _state += 0x9e3779b97f4a7c15UL;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9UL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebUL;
        return z ^ (z >> 31);
    }
}
