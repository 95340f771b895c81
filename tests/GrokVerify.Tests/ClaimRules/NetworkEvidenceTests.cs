using System.Runtime.CompilerServices;
using GrokVerify.Claims;
using GrokVerify.Fourier;
using GrokVerify.Judging;
using GrokVerify.Tasks;
using GrokVerify.Tests.Measures;

namespace GrokVerify.Tests.ClaimRules;

[Category("Fast")]
public class NetworkEvidenceTests
{
    [Test]
    public void A_network_that_was_judged_is_let_go()
    {
        (NetworkEvidence evidence, WeakReference network) = Evidence();
        NetworkCheck.Of(evidence).Should().NotBeEmpty();

        GC.Collect();

        network.IsAlive.Should().BeFalse("claims over seeds hold the evidence of dozens of networks, whose activations would need gigabytes");
        GC.KeepAlive(evidence);
    }

    [Test]
    public void Attention_to_equals_is_the_mean_over_all_pairs()
    {
        (NetworkEvidence evidence, _) = Evidence();

        evidence.AttentionToEquals.Should().ContainSingle().Which.Should().BeApproximately(1 / 3.0, 1e-12, "the network attends to its three positions alike");
    }

    /// <summary>A method of its own: its locals would keep the network alive.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (NetworkEvidence Evidence, WeakReference Network) Evidence()
    {
        var network = new NetworkSpectra(PizzaNetwork.Build(), new ModularTask(PizzaNetwork.Prime));
        return (NetworkEvidence.Measure(network, null), new WeakReference(network));
    }
}
