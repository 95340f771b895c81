namespace GrokVerify.Tasks;

/// <summary>
/// CPython's <c>random.Random</c> as far as <c>shuffle</c> and <c>randrange</c> need it: the Mersenne twister seeded through init_by_array with the 32-bit digits of |seed|, and rejection sampling of getrandbits for randbelow.
/// </summary>
/// <remarks>Source: CPython 3.2 and later.</remarks>
internal sealed class PythonRandom
{
    private readonly MersenneTwister _twister;

    /// <param name="seed">As given to <c>random.seed(int)</c>; CPython uses its absolute value.</param>
    public PythonRandom(long seed)
    {
        ulong magnitude = seed < 0 ? 0UL - (ulong)seed : (ulong)seed;
        uint low = (uint)magnitude;
        uint high = (uint)(magnitude >> 32);
        _twister = new MersenneTwister(high == 0 ? [low] : [low, high]);
    }

    /// <summary>Shuffles in place as CPython's <c>random.shuffle</c>: from the last element down, swapping with randbelow(i + 1).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextBelow(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>A number from 0 to below the bound, as CPython's randbelow draws it.</summary>
    public int NextBelow(int bound)
    {
        int bits = 32 - int.LeadingZeroCount(bound);
        uint drawn;
        do
        {
            drawn = _twister.NextUInt32() >> (32 - bits);
        }
        while (drawn >= bound);
        return (int)drawn;
    }
}
