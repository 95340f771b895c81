namespace LibTorchRelax;

/// <summary>When the version need is relaxed.</summary>
public enum RelaxMode
{
    /// <summary>Where this system's library does not define the version.</summary>
    Auto,

    /// <summary>Everywhere: for a copy that is carried to another system.</summary>
    Always,

    /// <summary>Nowhere.</summary>
    Never,
}

/// <summary>Writes a copy of a shared library that loads on this system; the original is only read.</summary>
public sealed class RelaxedCopy(string library, string version, RelaxMode mode)
{
    /// <summary>Writes the copy, atomically: a temporary file beside it, renamed over it.</summary>
    /// <returns>One line that says what was done and why.</returns>
    /// <exception cref="ElfFormatException">The source, or the system's library, is not a readable shared library; nothing is written.</exception>
    public string Write(string source, string target)
    {
        if (Path.GetFullPath(source) == Path.GetFullPath(target))
        {
            throw new IOException("source and target are the same file: the original must stay as it is");
        }

        ElfImage image = new(File.ReadAllBytes(source));
        string done = Describe(image, Path.GetFileName(source));
        string folder = Path.GetDirectoryName(Path.GetFullPath(target))!;
        _ = Directory.CreateDirectory(folder);
        string temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.{Environment.ProcessId}.tmp");
        try
        {
            // Never onto the target itself: it may be a hard link to a file that is not ours.
            File.WriteAllBytes(temporary, image.Bytes);
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }

        return done;
    }

    private string Describe(ElfImage image, string name)
    {
        if (mode == RelaxMode.Never)
        {
            return $"{name}: left as it is";
        }

        if (mode == RelaxMode.Auto && SystemDefinesVersion())
        {
            return $"{name}: left as it is, this system's {library} defines {version}";
        }

        return VersionRelaxation.Relax(image, library, version) switch
        {
            RelaxationOutcome.Relaxed => mode == RelaxMode.Always
                ? $"{name}: made the need for {version} weak"
                : $"{name}: made the need for {version} weak, because this system's {library} does not define it",
            RelaxationOutcome.AlreadyWeak => $"{name}: left as it is, its need for {version} is weak already",
            _ => $"{name}: left as it is, it does not need {version}",
        };
    }

    private bool SystemDefinesVersion()
    {
        string? path = SystemLibrary.Find(library);
        return path is not null && SymbolVersions.DefinedBy(new ElfImage(File.ReadAllBytes(path))).Contains(version);
    }
}
