using GrokVerify.Numerics;

namespace GrokVerify.Cli.Page;

/// <summary>A grid of numbers for a heat map, a printable character for each cell: of 90 steps between the least value and the largest, the nearest one.</summary>
/// <remarks>Dozens of grids for each of dozens of checkpoints have to fit into a page; the eye tells fewer than 90 steps of a colour scale apart.</remarks>
/// <param name="Rows">Number of rows.</param>
/// <param name="Least">The value of the first character.</param>
/// <param name="Largest">The value of the last.</param>
/// <param name="Cells">Row by row, characters from <see cref="First"/> on; neither quotes nor backslashes, which JSON would double.</param>
internal sealed record PackedGrid(int Rows, double Least, double Largest, string Cells)
{
    /// <summary>'#': behind it come 90 characters, the backslash among them left out.</summary>
    public const char First = '#';

    public const int Steps = 90;

    /// <param name="rows">Number of rows.</param>
    /// <param name="values">Row by row, finite.</param>
    public static PackedGrid Of(int rows, IReadOnlyList<double> values)
    {
        double least = values.Min();
        double largest = values.Max();
        double step = largest > least ? (Steps - 1) / (largest - least) : 0;
        return new PackedGrid(rows, least, largest, string.Create(values.Count, values, (text, cells) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                int character = First + (int)Math.Round((cells[i] - least) * step);
                text[i] = (char)(character >= '\\' ? character + 1 : character);
            }
        }));
    }

    public static PackedGrid Of(Matrix grid) => Of(grid.Rows, grid.Values);

    /// <summary>One column of a matrix on all pairs, as a grid: a down, b across.</summary>
    public static PackedGrid OfPairs(Matrix onPairs, int column, int prime) => Of(prime, [.. Enumerable.Range(0, prime * prime).Select(pair => onPairs[pair, column])]);
}
