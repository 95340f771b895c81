using System.Text;

namespace GrokVerify.Tests.Snapshots;

/// <summary>The table. It holds for Verify.NUnit itself, so it is written against the public API alone.</summary>
internal static class SnapshotCases
{
    private const string NewText = "New:\n  - Received: case.received.txt\n    Verified: case.verified.txt\n";
    private const string NotEqualText = "NotEqual:\n  - Received: case.received.txt\n    Verified: case.verified.txt\n";
    private const string EqualText = "Equal:\n  - Received: case.received.txt\n    Verified: case.verified.txt\n";
    private const string NewContent = "\nFileContent:\n\nNew:\n\n";
    private const string NotEqualContent = "\nFileContent:\n\nNotEqual:\n\n";

    private static readonly Dictionary<string, string> Nothing = [];

    private static readonly StringCompare NeverCalled = (_, _, _) => throw new InvalidOperationException("the comparer was called");

    private static readonly StringCompare AlwaysEqual = (_, _, _) => Task.FromResult(CompareResult.Equal);

    private static readonly StringCompare AlwaysDiffer = (_, _, _) => Task.FromResult(CompareResult.NotEqual("off by 3"));

    private static readonly StreamCompare StreamsEqual = (_, _, _) => Task.FromResult(CompareResult.Equal);

    private static readonly StreamCompare StreamsDiffer = (_, _, _) => Task.FromResult(CompareResult.NotEqual("off by 3"));

    public static IEnumerable<SnapshotCase> Text() =>
    [
        new("a text without a verified file is new", Nothing, s => Verify("a", s), Files("case.received.txt", "a"),
            NewText + NewContent + "Received: case.received.txt\na\n\n", "case.received.txt"),
        new("an equal text passes and writes nothing", Files("case.verified.txt", "a"), s => Verify("a", s), Files("case.verified.txt", "a")),
        new("a different text fails with both contents", Files("case.verified.txt", "b"), s => Verify("a", s),
            Files("case.verified.txt", "b", "case.received.txt", "a"),
            NotEqualText + NotEqualContent + "Received: case.received.txt\na\nVerified: case.verified.txt\nb\n\n", "case.received.txt"),
        new("carriage returns of the target become newlines", Files("case.verified.txt", "a\nb\nc"), s => Verify("a\r\nb\rc", s),
            Files("case.verified.txt", "a\nb\nc")),
        new("an empty verified text counts as missing and is deleted", Files("case.verified.txt", ""), s => Verify("a", s),
            Files("case.received.txt", "a"), NewText + NewContent + "Received: case.received.txt\na\n\n", "case.received.txt"),
        new("a byte order mark in the verified file is no difference", Files("case.verified.txt", "\uFEFFa"), s => Verify("a", s),
            Files("case.verified.txt", "\uFEFFa")),
        new("a final newline is a difference", Files("case.verified.txt", "a\n"), s => Verify("a", s),
            Files("case.verified.txt", "a\n", "case.received.txt", "a"),
            NotEqualText + NotEqualContent + "Received: case.received.txt\na\nVerified: case.verified.txt\na\n\n\n", "case.received.txt"),
        new("null has a word", Files("case.verified.txt", "null"), s => Verify((string?)null, s), Files("case.verified.txt", "null")),
        new("the empty string has a word", Files("case.verified.txt", "emptyString"), s => Verify("", s), Files("case.verified.txt", "emptyString")),
        new("a byte order mark of the target is dropped", Files("case.verified.txt", "a"), s => Verify("\uFEFFa", s), Files("case.verified.txt", "a")),
        new("a task's text is awaited", Files("case.verified.md", "a"), s => Verify(Task.FromResult("a"), "md", s), Files("case.verified.md", "a")),
        new("with an extension null is the word null", Files("case.verified.md", "null"), s => Verify((string?)null, "md", s),
            Files("case.verified.md", "null")),
    ];

    public static IEnumerable<SnapshotCase> Leftovers() =>
    [
        new("received files of an earlier run are removed, those of other tests stay",
            Files("case.verified.txt", "a", "case.received.txt", "x", "case#n.received.csv", "x", "case2.received.txt", "x"),
            s => Verify("a", s), Files("case.verified.txt", "a", "case2.received.txt", "x")),
        new("a verified file that is no longer produced fails", Files("case.verified.txt", "a", "case#old.verified.txt", "x"),
            s => Verify("a", s), Files("case.verified.txt", "a", "case#old.verified.txt", "x"), "Delete:\n  - case#old.verified.txt\n" + EqualText),
        new("a verified file of another extension is no longer produced", Files("case.verified.txt", "a", "case.verified.md", "x"),
            s => Verify("a", s), Files("case.verified.txt", "a", "case.verified.md", "x"), "Delete:\n  - case.verified.md\n" + EqualText),
        new("nothing verifies that there is nothing", Nothing, s => Verify((byte[]?)null, "bin", s), Nothing),
        new("nothing fails where there was something", Files("case.verified.bin", "x"), s => Verify((byte[]?)null, "bin", s),
            Files("case.verified.bin", "x"), "Delete:\n  - case.verified.bin\n"),
    ];

    public static IEnumerable<SnapshotCase> Binary() =>
    [
        new("new bytes are listed without content", Nothing, s => Verify(Bytes("a"), "bin", s), Files("case.received.bin", "a"),
            "New:\n  - Received: case.received.bin\n    Verified: case.verified.bin\n", "case.received.bin"),
        new("equal bytes pass", Files("case.verified.bin", "a\r"), s => Verify(Bytes("a\r"), "bin", s), Files("case.verified.bin", "a\r")),
        new("a stream is read from its start", Files("case.verified.bin", "ab"), s => Verify(AtItsEnd("ab"), "bin", s), Files("case.verified.bin", "ab")),
        new("different bytes of one length fail", Files("case.verified.bin", "b"), s => Verify(Bytes("a"), "bin", s),
            Files("case.verified.bin", "b", "case.received.bin", "a"),
            "NotEqual:\n  - Received: case.received.bin\n    Verified: case.verified.bin\n", "case.received.bin"),
        new("bytes of a text extension are text", Files("case.verified.csv", "a\nb"), s => Verify(Bytes("a\r\nb"), "csv", s),
            Files("case.verified.csv", "a\nb")),
        new("a target's stream of a text extension is text", Files("case.verified.csv", "a\nb"), s => Verify(new Target("csv", AtItsEnd("a\r\nb")), s),
            Files("case.verified.csv", "a\nb")),
    ];

    public static IEnumerable<SnapshotCase> Targets() =>
    [
        new("targets are told apart by name, and by number where names repeat",
            Files("case#one.verified.txt", "1", "case#00.verified.txt", "2", "case#01.verified.txt", "3", "case#two.00.verified.md", "4", "case#two.01.verified.md", "5"),
            s => Verify([new Target("txt", "1", "one"), new("txt", "2"), new("txt", "3"), new("md", "4", "two"), new("md", "5", "two")], s),
            Files("case#one.verified.txt", "1", "case#00.verified.txt", "2", "case#01.verified.txt", "3", "case#two.00.verified.md", "4", "case#two.01.verified.md", "5")),
        new("a unique directory holds the targets by their names", Files("case/one.verified.txt", "1", "case/target.verified.txt", "2"),
            s => Verify([new Target("txt", "1", "one"), new("txt", "2")], s).UseUniqueDirectory(),
            Files("case/one.verified.txt", "1", "case/target.verified.txt", "2")),
        new("a unique directory is searched to its depths, and its files are told by their paths",
            Files("case/one.verified.txt", "1", "case/deep/old.verified.txt", "x", "case/deep/stale.received.txt", "x"),
            s => Verify([new Target("txt", "2", "one"), new("txt", "3", "deep/two")], s).UseUniqueDirectory(),
            Files("case/one.verified.txt", "1", "case/one.received.txt", "2", "case/deep/old.verified.txt", "x", "case/deep/two.received.txt", "3"),
            "New:\n  - Received: case/deep/two.received.txt\n    Verified: case/deep/two.verified.txt\n"
            + "NotEqual:\n  - Received: case/one.received.txt\n    Verified: case/one.verified.txt\nDelete:\n  - old.verified.txt\n"
            + NewContent + "Received: case/deep/two.received.txt\n3\n\n"
            + "NotEqual:\n\nReceived: case/one.received.txt\n2\nVerified: case/one.verified.txt\n1\n\n", "two.received.txt", "one.received.txt"),
        new("what no file name may hold becomes a hyphen in a target's name", Files("case#a-b-c-.verified.txt", "1"),
            s => Verify(new Target("txt", "1", "a:b\tc?"), s), Files("case#a-b-c-.verified.txt", "1")),
        new("after a failed text, binary targets are compared to the byte", Files("case.verified.txt", "a", "case.verified.bin", "a"),
            s => Verify([new Target("txt", "b"), new("bin", AtItsEnd("b"))], s).UseStreamComparer(StreamsEqual),
            Files("case.verified.txt", "a", "case.verified.bin", "a", "case.received.txt", "b", "case.received.bin", "b"),
            "NotEqual:\n  - Received: case.received.txt\n    Verified: case.verified.txt\n  - Received: case.received.bin\n    Verified: case.verified.bin\n"
            + NotEqualContent + "Received: case.received.txt\nb\nVerified: case.verified.txt\na\n\n", "case.received.txt", "case.received.bin"),
        new("a target can switch off the comparers of those after it", Files("case.verified.md", "a", "case.verified.txt", "a"),
            s => Verify([new Target("md", "b") { BypassComparersForSubsequentOnDifference = true }, new("txt", "b")], s).UseStringComparer(AlwaysEqual, "txt"),
            Files("case.verified.md", "a", "case.verified.txt", "a", "case.received.md", "b", "case.received.txt", "b"),
            "NotEqual:\n  - Received: case.received.md\n    Verified: case.verified.md\n  - Received: case.received.txt\n    Verified: case.verified.txt\n"
            + NotEqualContent + "Received: case.received.md\nb\nVerified: case.verified.md\na\n\nReceived: case.received.txt\nb\nVerified: case.verified.txt\na\n\n",
            "case.received.md", "case.received.txt"),
    ];

    public static IEnumerable<SnapshotCase> Comparers() =>
    [
        new("no comparer is called for equal texts", Files("case.verified.txt", "a"), s => Verify("a", s).UseStringComparer(NeverCalled),
            Files("case.verified.txt", "a")),
        new("a comparer's yes passes and leaves the verified file as it is", Files("case.verified.txt", "a"),
            s => Verify("b", s).UseStringComparer(AlwaysEqual), Files("case.verified.txt", "a")),
        new("a comparer's message replaces the contents", Files("case.verified.txt", "a"), s => Verify("b", s).UseStringComparer(AlwaysDiffer),
            Files("case.verified.txt", "a", "case.received.txt", "b"),
            NotEqualText + NotEqualContent + "Received: case.received.txt\nVerified: case.verified.txt\nCompare Result:\noff by 3\n\n", "case.received.txt"),
        new("the comparer of the extension goes before the one for all", Files("case.verified.txt", "a"),
            s => Verify("b", s).UseStringComparer(NeverCalled).UseStringComparer(AlwaysEqual, "txt"), Files("case.verified.txt", "a")),
        new("the comparer for all goes before the process-wide one", Files("case.verified.csv", "a"),
            s => Verify("b", "csv", s).UseStringComparer(AlwaysEqual), Files("case.verified.csv", "a")),
        new("a stream comparer's yes passes", Files("case.verified.bin", "a"), s => Verify(Bytes("bb"), "bin", s).UseStreamComparer(StreamsEqual, "bin"),
            Files("case.verified.bin", "a")),
        new("a stream comparer decides about equal bytes, too", Files("case.verified.bin", "a"), s => Verify(Bytes("a"), "bin", s).UseStreamComparer(StreamsDiffer),
            Files("case.verified.bin", "a", "case.received.bin", "a"),
            "NotEqual:\n  - Received: case.received.bin\n    Verified: case.verified.bin\n"
            + NotEqualContent + "Received: case.received.bin\nVerified: case.verified.bin\nCompare Result:\noff by 3\n\n", "case.received.bin"),
    ];

    public static IEnumerable<SnapshotCase> Acceptance() =>
    [
        new("a new file is accepted", Nothing, s => Verify("a", s).AutoVerify(), Files("case.verified.txt", "a"), null, "case.received.txt"),
        new("a changed file is accepted", Files("case.verified.txt", "b"), s => Verify("a", s).AutoVerify(), Files("case.verified.txt", "a"), null, "case.received.txt"),
        new("a file that is no longer produced is deleted", Files("case.verified.txt", "a", "case#old.verified.txt", "x"),
            s => Verify("a", s).AutoVerify(), Files("case.verified.txt", "a")),
        new("acceptance can be told to fail all the same", Files("case.verified.txt", "b"), s => Verify("a", s).AutoVerify(throwException: true),
            Files("case.verified.txt", "a"),
            NotEqualText + NotEqualContent + "Received: case.received.txt\na\nVerified: case.verified.txt\nb\n\n", "case.received.txt"),
        new("what the rule does not accept fails", Nothing, s => Verify("a", s).AutoVerify(file => file.EndsWith(".csv", StringComparison.Ordinal)),
            Files("case.received.txt", "a"), NewText + NewContent + "Received: case.received.txt\na\n\n", "case.received.txt"),
    ];

    private static Dictionary<string, string> Files(params string[] namesAndContents) =>
        namesAndContents.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static MemoryStream AtItsEnd(string text) => new(Bytes(text)) { Position = text.Length };
}
