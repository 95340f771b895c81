namespace GrokVerify.Judging;

/// <summary>How large the networks of a sweep's task are.</summary>
internal enum SweepScale
{
    /// <summary>p = 59, one seed: minutes on two cores. Smaller primes need a larger share of the pairs, so shares are larger too.</summary>
    Small,

    /// <summary>p = 113, the paper's.</summary>
    Paper,
}
