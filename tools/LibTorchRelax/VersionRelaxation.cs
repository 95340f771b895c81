namespace LibTorchRelax;

/// <summary>What <see cref="VersionRelaxation.Relax"/> found and did.</summary>
public enum RelaxationOutcome
{
    /// <summary>The need was strong and is weak now.</summary>
    Relaxed,

    /// <summary>The need was weak already; nothing was changed.</summary>
    AlreadyWeak,

    /// <summary>The library does not need that version; nothing was changed.</summary>
    NotNeeded,
}

/// <summary>Turns one version need of a shared library from strong into weak.</summary>
/// <remarks>
/// The loader refuses a library when a version that it needs is not defined, even when no symbol of that version is
/// used. A weak need lets it go on; a symbol that really is missing still fails when it is bound.
/// </remarks>
public static class VersionRelaxation
{
    /// <exception cref="ElfFormatException">The image contradicts itself; it is unchanged.</exception>
    public static RelaxationOutcome Relax(ElfImage image, string library, string version)
    {
        List<VersionNeed> needs = [.. SymbolVersions.NeededBy(image).Where(need => need.Library == library && need.Version == version)];
        if (needs.Count == 0)
        {
            return RelaxationOutcome.NotNeeded;
        }

        if (needs.TrueForAll(need => need.IsWeak))
        {
            return RelaxationOutcome.AlreadyWeak;
        }

        foreach (VersionNeed need in needs)
        {
            ushort flags = image.ReadUInt16(need.FlagsOffset, "a version need");
            image.WriteUInt16(need.FlagsOffset, (ushort)(flags | SymbolVersions.WeakFlag), "a version need");
        }

        return RelaxationOutcome.Relaxed;
    }
}
