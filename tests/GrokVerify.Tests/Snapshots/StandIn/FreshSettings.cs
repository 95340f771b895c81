namespace GrokVerify.Tests.Snapshots.StandIn;

/// <summary>Process-wide settings as they are before any registration, until disposed.</summary>
internal sealed class FreshSettings : IDisposable
{
    private readonly SharedSettings _before = VerifierSettings.Shared;

    public FreshSettings() => VerifierSettings.Shared = new SharedSettings();

    public void Dispose() => VerifierSettings.Shared = _before;
}
