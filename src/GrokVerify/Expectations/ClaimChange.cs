namespace GrokVerify.Expectations;

/// <summary>A claim whose verdict on a network is not the recorded one.</summary>
/// <param name="Network">The network, as the file of expectations names it.</param>
/// <param name="Claim">The claim's identifier.</param>
/// <param name="Expected">The recorded verdict: holds, does not hold, or not applicable; "not recorded" for a claim that the file does not have.</param>
/// <param name="Place">Where it is recorded: file(line).</param>
/// <param name="Found">The verdict now, with the first rule that is not met; "unknown" for a claim that this version does not have.</param>
/// <param name="Cause">What differs from when it was recorded: the rule, the train and test pairs, the network, or none of these.</param>
/// <param name="Remedy">The command that accepts what was found.</param>
public sealed record ClaimChange(string Network, string Claim, string Expected, string Place, string Found, string Cause, string Remedy)
{
    /// <summary>All of it in one line.</summary>
    public override string ToString() => $"{Network}: {Claim}: {Found}; expected: {Expected}, {Place}; {Cause}; to accept it: {Remedy}";
}
