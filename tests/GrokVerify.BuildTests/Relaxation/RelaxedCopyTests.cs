using LibTorchRelax;

namespace GrokVerify.BuildTests.Relaxation;

[TestFixture]
[Category("Fast")]
public class RelaxedCopyTests
{
    private const string Library = "libstdc++.so.6";
    private const string Version = "GLIBCXX_3.4.32";
    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("grokverify-relax-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Writes_a_relaxed_copy_and_only_reads_the_source()
    {
        byte[] original = new MinimalElf().Needs(Library, (Version, 0)).ToBytes();
        string source = Write("source.so", original);

        string done = new RelaxedCopy(Library, Version, RelaxMode.Always).Write(source, Path.Combine(_folder, "out", "target.so"));

        done.Should().Be("source.so: made the need for GLIBCXX_3.4.32 weak");
        File.ReadAllBytes(source).Should().Equal(original);
        SymbolVersions.NeededBy(new ElfImage(File.ReadAllBytes(Path.Combine(_folder, "out", "target.so")))).Single().IsWeak.Should().BeTrue();
        Directory.GetFiles(Path.Combine(_folder, "out")).Should().ContainSingle("no temporary file is left");
    }

    [Test]
    public void Replaces_a_link_instead_of_writing_through_it()
    {
        byte[] original = new MinimalElf().Needs(Library, (Version, 0)).ToBytes();
        string source = Write("source.so", original);
        string target = Path.Combine(_folder, "target.so");
        File.CreateSymbolicLink(target, source);

        new RelaxedCopy(Library, Version, RelaxMode.Always).Write(source, target);

        File.ReadAllBytes(source).Should().Equal(original);
        new FileInfo(target).LinkTarget.Should().BeNull();
    }

    [TestCase((ushort)0x2, Version, "its need for GLIBCXX_3.4.32 is weak already")]
    [TestCase((ushort)0, "GLIBCXX_3.4.30", "it does not need GLIBCXX_3.4.32")]
    public void Says_why_it_leaves_a_library_as_it_is(ushort flags, string needed, string reason)
    {
        byte[] original = new MinimalElf().Needs(Library, (needed, flags)).ToBytes();
        string target = Path.Combine(_folder, "target.so");

        string done = new RelaxedCopy(Library, Version, RelaxMode.Always).Write(Write("source.so", original), target);

        done.Should().Be($"source.so: left as it is, {reason}");
        File.ReadAllBytes(target).Should().Equal(original);
    }

    [Test]
    public void Writes_nothing_when_the_source_is_no_shared_library()
    {
        byte[] text = "not a library"u8.ToArray();
        string source = Write("source.so", text);
        string target = Path.Combine(_folder, "target.so");

        Action write = () => new RelaxedCopy(Library, Version, RelaxMode.Always).Write(source, target);

        write.Should().Throw<ElfFormatException>().WithMessage("not an ELF file*");
        File.Exists(target).Should().BeFalse();
        File.ReadAllBytes(source).Should().Equal(text);
    }

    [Test]
    public void Refuses_to_write_over_its_source()
    {
        string source = Write("source.so", new MinimalElf().Needs(Library, (Version, 0)).ToBytes());

        Action write = () => new RelaxedCopy(Library, Version, RelaxMode.Always).Write(source, source);

        write.Should().Throw<IOException>().WithMessage("*same file*");
    }

    [Test]
    [Platform("Linux")]
    public void Reads_what_the_systems_own_library_defines()
    {
        string? path = SystemLibrary.Find(Library);

        path.Should().NotBeNull(".NET itself needs it");
        SymbolVersions.DefinedBy(new ElfImage(File.ReadAllBytes(path!))).Should().Contain("GLIBCXX_3.4").And.NotContain("GLIBCXX_9.9");
        SystemLibrary.Find("libthat-nobody-has.so.9").Should().BeNull();
    }

    [Test]
    [Platform("Linux")]
    public void Decides_by_the_system_in_auto_mode()
    {
        string source = Write("source.so", new MinimalElf().Needs(Library, ("GLIBCXX_3.4", 0), ("GLIBCXX_9.9", 0)).ToBytes());

        string present = new RelaxedCopy(Library, "GLIBCXX_3.4", RelaxMode.Auto).Write(source, Path.Combine(_folder, "present.so"));
        string absent = new RelaxedCopy(Library, "GLIBCXX_9.9", RelaxMode.Auto).Write(source, Path.Combine(_folder, "absent.so"));

        present.Should().Be("source.so: left as it is, this system's libstdc++.so.6 defines GLIBCXX_3.4");
        absent.Should().Be("source.so: made the need for GLIBCXX_9.9 weak, because this system's libstdc++.so.6 does not define it");
    }

    [Test]
    public void Relaxes_the_real_library_by_one_bit()
    {
        string source = PackageCache.LibTorchSharp;
        Assume.That(File.Exists(source), $"{source} is not in the package cache");
        string target = Path.Combine(_folder, "libLibTorchSharp.so");

        new RelaxedCopy(Library, Version, RelaxMode.Always).Write(source, target);

        byte[] before = File.ReadAllBytes(source);
        byte[] after = File.ReadAllBytes(target);
        after.Should().HaveCount(before.Length);
        int[] differences = [.. Enumerable.Range(0, before.Length).Where(i => before[i] != after[i])];
        differences.Should().ContainSingle();
        (before[differences[0]] ^ after[differences[0]]).Should().Be(SymbolVersions.WeakFlag);
        SymbolVersions.NeededBy(new ElfImage(after)).Where(need => need.IsWeak).Select(need => need.Version).Should().Equal(Version);
    }

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
