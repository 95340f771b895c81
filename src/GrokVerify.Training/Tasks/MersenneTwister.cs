namespace GrokVerify.Tasks;

/// <summary>The Mersenne twister MT19937, which CPython's <c>random</c> and torch's CPU generator both draw from; they differ in how they seed it.</summary>
/// <remarks>Source: M. Matsumoto, T. Nishimura, "Mersenne Twister" (1998), with the seeding of 2002 (init_genrand, init_by_array).</remarks>
internal sealed class MersenneTwister
{
    private const int StateLength = 624;
    private const int Offset = 397;
    private const uint SeedOfArrays = 19650218u;
    private readonly uint[] _state = new uint[StateLength];
    private int _next = StateLength;

    /// <summary>init_genrand.</summary>
    public MersenneTwister(uint seed)
    {
        _state[0] = seed;
        for (int n = 1; n < StateLength; n++)
        {
            _state[n] = (1812433253u * (_state[n - 1] ^ (_state[n - 1] >> 30))) + (uint)n;
        }
    }

    /// <summary>init_by_array.</summary>
    /// <param name="key">One number or more.</param>
    public MersenneTwister(ReadOnlySpan<uint> key)
        : this(SeedOfArrays)
    {
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

    public uint NextUInt32()
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
