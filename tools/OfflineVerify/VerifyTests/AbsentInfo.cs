namespace VerifyTests;

/// <summary>
/// Stands where Verify takes an object to serialise beside the target. Serialisation is outside the stand-in, so only null fits:
/// anything else fails to compile rather than being left out in silence.
/// </summary>
public abstract class AbsentInfo
{
    private AbsentInfo()
    {
    }
}
