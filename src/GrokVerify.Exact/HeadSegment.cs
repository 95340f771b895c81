namespace GrokVerify.Exact;

/// <summary>The columns of one head that lie in one panel.</summary>
/// <param name="Head">The head.</param>
/// <param name="Panel">The panel.</param>
/// <param name="Offset">First column within the panel.</param>
/// <param name="Length">Number of columns.</param>
internal readonly record struct HeadSegment(int Head, int Panel, int Offset, int Length)
{
    public static HeadSegment[] Cut(int heads, int dHead)
    {
        var segments = new List<HeadSegment>();
        for (int head = 0; head < heads; head++)
        {
            int end = (head + 1) * dHead;
            for (int column = head * dHead; column < end;)
            {
                int length = Math.Min(end - column, PanelMatrix.Width - (column % PanelMatrix.Width));
                segments.Add(new HeadSegment(head, column / PanelMatrix.Width, column % PanelMatrix.Width, length));
                column += length;
            }
        }

        return [.. segments];
    }
}
