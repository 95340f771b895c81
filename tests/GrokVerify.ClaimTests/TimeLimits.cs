namespace GrokVerify.ClaimTests;

internal static class TimeLimits
{
    /// <summary>
    /// Milliseconds that a test may wait for its trainings: four hours. The first test of the nightly tier that asks for the sweeps waited 70 minutes on two cores without AVX-512;
    /// in the default tier the session's own limit (runsettings.xml) comes sooner.
    /// </summary>
    public const int Training = 14_400_000;
}
