namespace LibTorchRelax;

/// <summary>A version that a library needs from another one: an entry (Vernaux) of its .gnu.version_r.</summary>
/// <param name="Library">The other library's file name, as libstdc++.so.6.</param>
/// <param name="Version">The version's name, as GLIBCXX_3.4.32.</param>
/// <param name="IsWeak">VER_FLG_WEAK: the loader goes on when the version is missing.</param>
/// <param name="FlagsOffset">Where in the file vna_flags stands.</param>
public sealed record VersionNeed(string Library, string Version, bool IsWeak, long FlagsOffset);

/// <summary>The symbol versions that a library needs and defines.</summary>
/// <remarks>Source: Linux Standard Base, "Symbol Versioning" (Elfxx_Verneed, Vernaux, Verdef, Verdaux).</remarks>
public static class SymbolVersions
{
    /// <summary>VER_FLG_WEAK of vna_flags.</summary>
    public const ushort WeakFlag = 0x2;

    private const ulong StringTableTag = 5;
    private const ulong VersionDefinitionsTag = 0x6ffffffc;
    private const ulong VersionDefinitionCountTag = 0x6ffffffd;
    private const ulong VersionNeedsTag = 0x6ffffffe;
    private const ulong VersionNeedCountTag = 0x6fffffff;

    /// <summary>All versions that the library needs; empty when it needs none.</summary>
    public static IReadOnlyList<VersionNeed> NeededBy(ElfImage image)
    {
        const string what = "a version need";
        List<VersionNeed> needs = [];
        if (image.Dynamic(VersionNeedsTag) is not { } address)
        {
            return needs;
        }

        ulong strings = StringTable(image);
        long library = image.OffsetOf(address, what);
        for (ulong remaining = image.Dynamic(VersionNeedCountTag) ?? 0; remaining > 0; remaining--)
        {
            string file = NameAt(image, strings, image.ReadUInt32(library + 4, what));
            long version = library + image.ReadUInt32(library + 8, what);
            for (int left = image.ReadUInt16(library + 2, what); left > 0; left--)
            {
                ushort flags = image.ReadUInt16(version + 4, what);
                string name = NameAt(image, strings, image.ReadUInt32(version + 8, what));
                needs.Add(new VersionNeed(file, name, (flags & WeakFlag) != 0, version + 4));
                version = Next(version, image.ReadUInt32(version + 12, what), left > 1, what);
            }

            library = Next(library, image.ReadUInt32(library + 12, what), remaining > 1, what);
        }

        return needs;
    }

    /// <summary>The names of all versions that the library defines.</summary>
    public static IReadOnlySet<string> DefinedBy(ElfImage image)
    {
        const string what = "a version definition";
        HashSet<string> names = [];
        if (image.Dynamic(VersionDefinitionsTag) is not { } address)
        {
            return names;
        }

        ulong strings = StringTable(image);
        long definition = image.OffsetOf(address, what);
        for (ulong remaining = image.Dynamic(VersionDefinitionCountTag) ?? 0; remaining > 0; remaining--)
        {
            // The first Verdaux names the version, the others its parents.
            if (image.ReadUInt16(definition + 6, what) > 0)
            {
                long name = definition + image.ReadUInt32(definition + 12, what);
                _ = names.Add(NameAt(image, strings, image.ReadUInt32(name, what)));
            }

            definition = Next(definition, image.ReadUInt32(definition + 16, what), remaining > 1, what);
        }

        return names;
    }

    // A chain that stands still or ends early would make the loops above spin or read the same entry again.
    private static long Next(long offset, uint step, bool expected, string what) => step > 0 || !expected
        ? offset + step
        : throw new ElfFormatException($"{what} at offset {offset} says that it is the last one, but more are counted");

    private static ulong StringTable(ElfImage image) =>
        image.Dynamic(StringTableTag) ?? throw new ElfFormatException("the dynamic table names no string table");

    private static string NameAt(ElfImage image, ulong strings, uint index) =>
        image.ReadString(image.OffsetOf(strings + index, "a version's name"), "a version's name");
}
