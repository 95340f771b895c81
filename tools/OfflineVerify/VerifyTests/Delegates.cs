namespace VerifyTests;

/// <summary>Compares two texts that differ.</summary>
public delegate Task<CompareResult> StringCompare(string received, string verified, IReadOnlyDictionary<string, object> context);

/// <summary>Compares two binary contents, equal ones too.</summary>
public delegate Task<CompareResult> StreamCompare(Stream received, Stream verified, IReadOnlyDictionary<string, object> context);

/// <summary>True where this snapshot may be accepted without a person.</summary>
public delegate bool AutoVerify(string verifiedFile);

/// <summary>True where this snapshot may be accepted without a person.</summary>
public delegate bool GlobalAutoVerify(string typeName, string methodName, string verifiedFile);

/// <summary>Told of a received file that has no verified file.</summary>
public delegate Task FirstVerify(FilePair filePair, string? receivedText, bool autoVerify);

/// <summary>Told of a received file that differs from its verified file.</summary>
public delegate Task VerifyMismatch(FilePair filePair, string? message, bool autoVerify);

/// <summary>Told of a verified file that the test no longer produces.</summary>
public delegate Task VerifyDelete(string file, bool autoVerify);
