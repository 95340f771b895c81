namespace GrokVerify.Tasks;

/// <summary>
/// CPython's <c>random.Random</c> as far as <c>shuffle</c> needs it: the Mersenne twister MT19937 seeded through
/// init_by_array with the 32-bit digits of |seed|, and rejection sampling of getrandbits for randbelow.
/// </summary>
/// <remarks>Source: M. Matsumoto, T. Nishimura, "Mersenne Twister" (1998); the calling convention is CPython 3.2 and later.</remarks>
internal sealed class PythonRandom
{
    private const int StateLength = 624;
    private const int Offset = 397;
    private readonly uint[] _state = new uint[StateLength];
    private int _next = StateLength;

    /// <param name="seed">As given to <c>random.seed(int)</c>; CPython uses its absolute value.</param>
    public PythonRandom(long seed)
    {
        ulong magnitude = seed < 0 ? 0UL - (ulong)seed : (ulong)seed;
        uint low = (uint)magnitude;
        uint high = (uint)(magnitude >> 32);
        InitializeByArray(high == 0 ? [low] : [low, high]);
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

    private int NextBelow(int bound)
    {
        int bits = 32 - int.LeadingZeroCount(bound);
        uint drawn;
        do
        {
            drawn = NextUInt32() >> (32 - bits);
        }
        while (drawn >= bound);
        return (int)drawn;
    }

    private uint NextUInt32()
    {
        if (_next == StateLength)
        {
            Twist();
            _next = 0;
        }

        uint y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680u;
        y ^= (y << 15) & 0xefc60000u;
        return y ^ (y >> 18);
    }

    private void Twist()
    {
        for (int i = 0; i < StateLength; i++)
        {
            uint y = (_state[i] & 0x80000000u) | (_state[(i + 1) % StateLength] & 0x7fffffffu);
            _state[i] = _state[(i + Offset) % StateLength] ^ (y >> 1) ^ ((y & 1) * 0x9908b0dfu);
        }
    }

    private void InitializeByArray(ReadOnlySpan<uint> key)
    {
        _state[0] = 19650218u;
        for (int n = 1; n < StateLength; n++)
        {
            _state[n] = (1812433253u * (_state[n - 1] ^ (_state[n - 1] >> 30))) + (uint)n;
        }

        int i = 1;
        int j = 0;
        for (int k = Math.Max(StateLength, key.Length); k > 0; k--)
        {
            _state[i] = (_state[i] ^ ((_state[i - 1] ^ (_state[i - 1] >> 30)) * 1664525u)) + key[j] + (uint)j;
            i = NextIndex(i);
            j = (j + 1) % key.Length;
        }

        for (int k = StateLength - 1; k > 0; k--)
        {
            _state[i] = (_state[i] ^ ((_state[i - 1] ^ (_state[i - 1] >> 30)) * 1566083941u)) - (uint)i;
            i = NextIndex(i);
        }

        _state[0] = 0x80000000u;
    }

    private int NextIndex(int i)
    {
        if (i < StateLength - 1)
        {
            return i + 1;
        }

        _state[0] = _state[StateLength - 1];
        return 1;
    }
}
