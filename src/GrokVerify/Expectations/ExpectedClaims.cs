using GrokVerify.Formats;
using GrokVerify.Judging;
using GrokVerify.LibTorch;
using GrokVerify.Networks;

namespace GrokVerify.Expectations;

/// <summary>Holds a network against the verdicts that were recorded for it: the line that a test in another repository needs.</summary>
/// <remarks>
/// <c>Assert.That(ExpectedClaims.Changes("models/adder.safetensors", "claims.json"), Is.Empty)</c> passes while every claim has the verdict that <c>grokverify expect</c> recorded.
/// </remarks>
public static class ExpectedClaims
{
    /// <summary>Judges a network, and tells every claim whose verdict is not the recorded one.</summary>
    /// <param name="network">A file of PyTorch or safetensors. A relative path is looked for in the current folder, then in the program's own and in each folder above that.</param>
    /// <param name="expectations">The file that <c>grokverify expect</c> wrote; looked for in the same way.</param>
    /// <returns>Empty when every verdict is the recorded one.</returns>
    /// <exception cref="ExpectationsException">The expectations are absent, cannot be read, or say nothing of this network.</exception>
    /// <exception cref="CheckpointException">The network is absent, damaged, or not a supported one.</exception>
    /// <exception cref="LibTorchUnavailableException">The network has several layers, and libtorch does not load: those alone need it.</exception>
    public static IReadOnlyList<ClaimChange> Changes(string network, string expectations)
    {
        var expected = ExpectationsFile.Read(Located(expectations));
        NetworkExpectation recorded = expected.Of(Located(network));
        var file = NetworkFile.Read(Located(network), recorded.Reading(network));
        return ExpectationComparison.Changes(expected, recorded, JudgedNetwork.Of(new MeasuredNetwork(file, recorded.Splits(file))));
    }

    private static string Located(string path)
    {
        IEnumerable<string> folders = [Environment.CurrentDirectory, .. Above(AppContext.BaseDirectory)];
        return folders.Select(folder => Path.GetFullPath(path, folder)).FirstOrDefault(File.Exists) ?? path;
    }

    private static IEnumerable<string> Above(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            yield return at.FullName;
        }
    }
}
