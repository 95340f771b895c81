namespace GrokVerify.Formats.PyTorch;

/// <summary>One stored (uncompressed) file inside a zip archive.</summary>
/// <param name="Name">Its path in the archive, with forward slashes.</param>
/// <param name="Begin">Offset of its first byte in the archive.</param>
/// <param name="Length">Bytes of it.</param>
internal sealed record ZipEntry(string Name, long Begin, long Length);
