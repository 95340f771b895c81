namespace LibTorchRelax;

/// <summary>The bytes are not a 64-bit little-endian ELF shared library, or they contradict themselves.</summary>
public sealed class ElfFormatException(string problem) : Exception(problem);
