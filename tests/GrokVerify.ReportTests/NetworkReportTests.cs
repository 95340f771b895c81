using GrokVerify.Claims;

namespace GrokVerify.ReportTests;

/// <summary>The report of a network without its run.</summary>
[Category("Browser")]
public class NetworkReportTests
{
    [Test]
    public async Task It_shows_what_the_weights_alone_can_tell()
    {
        await using ReportWindow window = await Browser.Open(Reports.OfANetwork);

        await window.ReadAll();

        window.Problems.Should().BeEmpty();
        (await window.Page.Locator("#verdict-sentence").TextContentAsync()).Should().Contain("14, 35, 41, 42, 52");
        (await window.Page.Locator("#checkpoint").CountAsync()).Should().Be(0, "there is one checkpoint");
        (await window.Page.Locator("#losses").CountAsync()).Should().Be(0, "there is no curve");
        (await window.Page.Locator("#circle-14, #attention-3, #logit-spectrum, #embedding-spectrum").CountAsync()).Should().Be(4);
        (await window.Page.Locator("#claim-three-phases").TextContentAsync()).Should().Contain(NetworkCheck.NeedsRun);
        (await window.Page.Locator("#provenance").TextContentAsync()).Should().Contain("mainline-grokked.safetensors");
    }

    [Test]
    public async Task The_published_value_stands_beside_the_seeds_where_the_setting_is_the_papers()
    {
        await using ReportWindow window = await Browser.Open(Reports.OfANetwork);

        await window.Page.Locator("#choice").SelectOptionAsync("seeds-key-frequency-sparsity-3");

        (await window.Page.Locator("#chosen-title").TextContentAsync()).Should().Be("key-frequency-sparsity: logit FVE of the key frequencies");
        (await window.Csv("chosen")).Should().Contain(row => row[0] == "published" && row[1] == "0.95").And.Contain(row => row[0] == "seed 39");
    }

    [Test]
    public async Task Runs_and_networks_stand_beside_each_other()
    {
        string network = Path.Combine(Reports.SmallRunFolder, "checkpoints", "epoch-00006875.safetensors");
        await using ReportWindow window = await Browser.Open(Reports.Make("beside.html", Reports.SmallRunFolder, network));

        await window.ReadAll();

        window.Problems.Should().BeEmpty();
        (await window.Page.Locator("#beside tbody tr").CountAsync()).Should().Be(2);
        (await window.Page.Locator("#beside").TextContentAsync()).Should().ContainAll("epoch-00006875.safetensors", "6,875", "1, 6, 14");
    }
}
