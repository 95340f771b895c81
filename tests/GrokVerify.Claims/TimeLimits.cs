namespace GrokVerify.ClaimTests;

internal static class TimeLimits
{
    /// <summary>Milliseconds that a test may wait for its trainings: an hour, four times what they take on two cores.</summary>
    public const int Training = 3_600_000;
}
