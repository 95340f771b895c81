using System.Globalization;
using System.Text;
using GrokVerify.Formats;
using GrokVerify.Loop;

namespace GrokVerify.Runs;

/// <summary>metrics.csv: a header line, then a line for each logged epoch; numbers in invariant culture, with all their digits.</summary>
internal static class MetricsFile
{
    public const string Name = "metrics.csv";
    public const string Header = "epoch,train_loss,test_loss,train_accuracy,test_accuracy,sum_squared_weights\n";
    private const int Columns = 6;
    private const string Remedy = "restore the file from a copy, or delete the run folder and train again";

    public static byte[] Line(MetricsRow row) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Epoch},{row.TrainLoss:R},{row.TestLoss:R},{row.TrainAccuracy:R},{row.TestAccuracy:R},{row.SumSquaredWeights:R}\n"));

    /// <exception cref="StorageException">The file could not be written.</exception>
    public static void Write(string path, IEnumerable<MetricsRow> rows)
    {
        using var content = new MemoryStream();
        content.Write(Encoding.ASCII.GetBytes(Header));
        foreach (MetricsRow row in rows)
        {
            content.Write(Line(row));
        }

        AtomicFile.Write(path, content.ToArray());
    }

    /// <summary>All complete rows; a last line without its line end is what a killed process leaves, and is dropped with a warning.</summary>
    /// <exception cref="RunFormatException">A line is not a row, or the epochs do not ascend.</exception>
    public static List<MetricsRow> Read(string path, Action<string> warn)
    {
        string text = ReadText(path);
        int end = text.LastIndexOf('\n') + 1;
        if (end < text.Length)
        {
            warn($"{path}: the last line was not written to its end and is dropped");
        }

        if (end == 0)
        {
            return [];
        }

        string[] lines = text[..(end - 1)].Split('\n');
        if (lines[0] + "\n" != Header)
        {
            throw new RunFormatException(path, $"line 1 is not \"{Header.TrimEnd()}\"", Remedy);
        }

        var rows = new List<MetricsRow>(lines.Length);
        for (int line = 1; line < lines.Length; line++)
        {
            MetricsRow row = Parse(lines[line])
                ?? throw new RunFormatException(path, $"line {line + 1} is not an epoch and five finite numbers", Remedy);
            if (rows.Count > 0 && row.Epoch <= rows[^1].Epoch)
            {
                throw new RunFormatException(path, $"line {line + 1} has epoch {row.Epoch} after {rows[^1].Epoch}", Remedy);
            }

            rows.Add(row);
        }

        return rows;
    }

    private static string ReadText(string path)
    {
        try
        {
            return AtomicFile.ReadText(path);
        }
        catch (FileNotFoundException)
        {
            return "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunFormatException(path, "cannot be read: " + exception.Message.TrimEnd('.'), "check its permissions", exception);
        }
    }

    private static MetricsRow? Parse(string line)
    {
        string[] cells = line.Split(',');
        if (cells.Length != Columns || !long.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out long epoch))
        {
            return null;
        }

        double[] values = new double[Columns];
        for (int i = 1; i < Columns; i++)
        {
            if (!double.TryParse(cells[i], NumberStyles.Float & ~NumberStyles.AllowLeadingWhite & ~NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out values[i])
                || !double.IsFinite(values[i]))
            {
                return null;
            }
        }

        return new MetricsRow(epoch, values[1], values[2], values[3], values[4], values[5]);
    }
}
