using LibTorchRelax;

namespace GrokVerify.BuildTests.Relaxation;

[TestFixture]
[Category("Fast")]
public class VersionRelaxationTests
{
    private const string Library = "libstdc++.so.6";
    private const string Version = "GLIBCXX_3.4.32";

    [Test]
    public void Makes_the_one_need_weak_and_changes_nothing_else()
    {
        byte[] original = Sample(flags: 0);
        ElfImage image = new([.. original]);

        VersionRelaxation.Relax(image, Library, Version).Should().Be(RelaxationOutcome.Relaxed);

        SymbolVersions.NeededBy(image).Where(need => need.IsWeak).Select(need => (need.Library, need.Version))
            .Should().Equal((Library, Version));
        byte[] changed = image.Bytes.ToArray();
        int[] differences = [.. Enumerable.Range(0, original.Length).Where(i => original[i] != changed[i])];
        differences.Should().ContainSingle();
        (original[differences[0]] ^ changed[differences[0]]).Should().Be(SymbolVersions.WeakFlag);
    }

    [Test]
    public void Keeps_the_other_flags_of_the_need()
    {
        ElfImage image = new(Sample(flags: 0x1));

        VersionRelaxation.Relax(image, Library, Version);

        VersionNeed need = SymbolVersions.NeededBy(image).Single(need => need.Version == Version);
        image.ReadUInt16(need.FlagsOffset, "flags").Should().Be(0x3);
    }

    [Test]
    public void Leaves_a_weak_need_alone()
    {
        byte[] original = Sample(SymbolVersions.WeakFlag);
        ElfImage image = new([.. original]);

        VersionRelaxation.Relax(image, Library, Version).Should().Be(RelaxationOutcome.AlreadyWeak);

        image.Bytes.ToArray().Should().Equal(original);
    }

    [TestCase("GLIBCXX_3.4.99", Library)]
    [TestCase(Version, "libm.so.6")]
    public void Leaves_a_library_alone_that_does_not_need_the_version(string version, string library)
    {
        byte[] original = Sample(flags: 0);
        ElfImage image = new([.. original]);

        VersionRelaxation.Relax(image, library, version).Should().Be(RelaxationOutcome.NotNeeded);

        image.Bytes.ToArray().Should().Equal(original);
    }

    [Test]
    public void Reads_the_versions_that_a_library_defines() =>
        SymbolVersions.DefinedBy(new ElfImage(Sample(flags: 0))).Should().BeEquivalentTo("libsample.so", "SAMPLE_1.0", "SAMPLE_1.1");

    [Test]
    public void Refuses_a_library_that_is_truncated_anywhere()
    {
        byte[] whole = Sample(flags: 0);
        for (int length = 0; length < whole.Length; length++)
        {
            byte[] part = whole[..length];
            Action relax = () => VersionRelaxation.Relax(new ElfImage(part), Library, Version);
            relax.Should().Throw<ElfFormatException>($"only {length} of {whole.Length} bytes are there").Which.Message.Should().NotContain("\n");
            part.Should().Equal(whole[..length], "a refused file stays as it is");
        }
    }

    [Test]
    public void Survives_any_damaged_byte()
    {
        byte[] whole = Sample(flags: 0);
        int refused = 0;
        for (int position = 0; position < whole.Length; position++)
        {
            foreach (byte value in (byte[])[0, 1, 0x7f, 0xff])
            {
                byte[] damaged = [.. whole];
                damaged[position] = value;
                try
                {
                    VersionRelaxation.Relax(new ElfImage(damaged), Library, Version);
                }
                catch (ElfFormatException)
                {
                    // Any other exception, or no end, fails the test.
                    refused++;
                }
            }
        }

        refused.Should().BeInRange(1, (4 * whole.Length) - 1, "some bytes matter, and some do not");
    }

    [TestCase(4, 1, "32-bit")]
    [TestCase(5, 2, "big-endian")]
    [TestCase(0, 0x4d, "not an ELF file")]
    public void Refuses_another_kind_of_file(int position, byte value, string reason)
    {
        byte[] file = Sample(flags: 0);
        file[position] = value;

        Action read = () => _ = new ElfImage(file);

        read.Should().Throw<ElfFormatException>().WithMessage($"*{reason}*");
    }

    private static byte[] Sample(ushort flags) => new MinimalElf()
        .Defines("libsample.so", "SAMPLE_1.0", "SAMPLE_1.1")
        .Needs("libm.so.6", ("GLIBC_2.2.5", 0))
        .Needs(Library, ("GLIBCXX_3.4.30", 0), (Version, flags), ("CXXABI_1.3", 0))
        .Needs("libc.so.6", ("GLIBC_2.34", 0))
        .ToBytes();
}
