using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace GrokVerify.LibTorch;

/// <summary>What Linux's loader does not say about a shared library, or says only by ending the process.</summary>
internal static class SharedObjectFile
{
    private const int HeaderLength = 64;
    private const int ProgramHeaderLength = 56;
    private const int BindNow = 0x2;

    /// <summary>
    /// The length that the program headers promise. The loader maps a shorter file without complaint; touching the
    /// missing part then ends the process with a bus error.
    /// </summary>
    /// <returns>Null when the file is whole, or is no 64-bit ELF file (then the loader says so itself).</returns>
    public static string? Truncation(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] header = new byte[HeaderLength];
        if (file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength || !header.AsSpan().StartsWith("\u007fELF\u0002\u0001"u8))
        {
            return null;
        }

        long table = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(32));
        int count = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(56));
        byte[] entries = new byte[count * ProgramHeaderLength];
        file.Position = table;
        long needed = table + entries.Length;
        if (file.ReadAtLeast(entries, entries.Length, throwOnEndOfStream: false) == entries.Length)
        {
            for (int at = 0; at < entries.Length; at += ProgramHeaderLength)
            {
                long offset = BinaryPrimitives.ReadInt64LittleEndian(entries.AsSpan(at + 8));
                long length = BinaryPrimitives.ReadInt64LittleEndian(entries.AsSpan(at + 32));
                needed = Math.Max(needed, offset + length);
            }
        }

        return file.Length < needed ? $"{path} is truncated: it has {file.Length} of at least {needed} bytes; restore its package again, or replace it" : null;
    }

    /// <summary>
    /// Loads a library with every symbol bound at once. Bound lazily, as the runtime does it, a symbol that an older or
    /// newer libtorch lacks ends the process in the middle of the work.
    /// </summary>
    /// <exception cref="DllNotFoundException">The loader's report.</exception>
    public static void LoadBound(string path)
    {
        // Finding dlerror for the first time would itself clear what it has to say.
        _ = LastError();
        if (Open(Encoding.UTF8.GetBytes(path + '\0'), BindNow) == 0)
        {
            throw new DllNotFoundException(Marshal.PtrToStringUTF8(LastError()) ?? $"{path}: the loader gave no reason");
        }
    }

    [DllImport("libc.so.6", EntryPoint = "dlopen")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Open(byte[] path, int flags);

    [DllImport("libc.so.6", EntryPoint = "dlerror")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint LastError();
}
