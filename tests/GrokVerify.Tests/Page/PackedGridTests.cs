using GrokVerify.Cli.Page;

namespace GrokVerify.Tests.Page;

[Category("Fast")]
public class PackedGridTests
{
    [Test]
    public void A_grid_takes_a_character_for_each_cell_and_none_that_JSON_would_double()
    {
        double[] steps = [.. Enumerable.Range(0, PackedGrid.Steps).Select(step => (double)step)];

        var grid = PackedGrid.Of(1, steps);

        grid.Should().BeEquivalentTo(new { Rows = 1, Least = 0.0, Largest = 89.0 });
        grid.Cells.Should().HaveLength(PackedGrid.Steps).And.NotContainAny("\\", "\"").And.StartWith("#$").And.EndWith("}");
        grid.Cells.Distinct().Should().HaveCount(PackedGrid.Steps, "every step has a character of its own");
        grid.Cells.Should().Be(string.Concat(grid.Cells.Order()), "larger values have later characters");
    }

    [Test]
    public void A_value_is_rounded_to_the_nearest_step() => PackedGrid.Of(1, [0, 0.4, 0.6, 89]).Cells.Should().Be("##$}");

    [Test]
    public void A_grid_of_one_value_has_one_character() => PackedGrid.Of(2, [5, 5, 5, 5]).Cells.Should().Be("####");
}
