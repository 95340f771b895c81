using System.Security.Cryptography;
using System.Text;
using GrokVerify.Loop;

namespace GrokVerify.Runs;

/// <summary>A point at which a run was saved: its checkpoint, and what metrics.csv held. Rows may be appended later; those that were there stay as they were.</summary>
/// <param name="Epoch">Of the checkpoint.</param>
/// <param name="Rows">How many rows metrics.csv had.</param>
/// <param name="MetricsSha256">SHA-256 of its header and these rows; 64 lower-case hexadecimal digits.</param>
internal sealed record SavedPoint(long Epoch, int Rows, string MetricsSha256)
{
    public static SavedPoint Of(long epoch, IReadOnlyList<MetricsRow> rows)
    {
        using var hash = new MetricsHash();
        foreach (MetricsRow row in rows)
        {
            hash.Append(row);
        }

        return hash.Save(epoch);
    }

    /// <summary>Those of some points that rows still agree with.</summary>
    public static IReadOnlyList<SavedPoint> Held(IReadOnlyList<SavedPoint> points, IReadOnlyList<MetricsRow> rows) =>
        [.. points.Where(point => point.Rows <= rows.Count && Of(point.Epoch, [.. rows.Take(point.Rows)]) == point)];
}

/// <summary>The hash of metrics.csv while it grows.</summary>
internal sealed class MetricsHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _rows;

    public MetricsHash() => _hash.AppendData(Encoding.ASCII.GetBytes(MetricsFile.Header));

    public void Append(MetricsRow row)
    {
        _hash.AppendData(MetricsFile.Line(row));
        _rows++;
    }

    public SavedPoint Save(long epoch) => new(epoch, _rows, Convert.ToHexStringLower(_hash.GetCurrentHash()));

    public void Dispose() => _hash.Dispose();
}
