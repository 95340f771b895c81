namespace VerifyTests;

/// <summary>What a comparer found; its message replaces the contents of both files in the failure text.</summary>
public readonly struct CompareResult
{
    public static readonly CompareResult Equal = new(true);

    public CompareResult(in bool isEqual)
        : this(isEqual, null)
    {
    }

    private CompareResult(bool isEqual, string? message)
    {
        IsEqual = isEqual;
        Message = message;
    }

    public bool IsEqual { get; }

    public string? Message { get; }

    public static CompareResult NotEqual(in string? message = null) => new(false, message);
}
