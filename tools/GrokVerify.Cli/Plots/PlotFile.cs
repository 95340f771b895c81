using GrokVerify.Formats;
using ScottPlot;

namespace GrokVerify.Cli.Plots;

/// <summary>A plot as a PNG file.</summary>
/// <param name="Name">Of the file.</param>
/// <param name="Title">Shown above the plot.</param>
/// <param name="Png">Its content.</param>
internal sealed record PlotFile(string Name, string Title, byte[] Png)
{
    // In pixels, at twice the size of text and lines: sharp on a dense screen and in print.
    private const int Width = 1800;
    private const int Height = 1000;
    private const double Scale = 2;

    public static PlotFile Render(string name, string title, Plot plot)
    {
        plot.ScaleFactor = Scale;
        return new PlotFile(name, title, plot.GetImageBytes(Width, Height, ImageFormat.Png));
    }

    /// <exception cref="StorageException">The file could not be written.</exception>
    public void Write(string folder) => AtomicFile.Write(Path.Combine(folder, Name), Png);
}
