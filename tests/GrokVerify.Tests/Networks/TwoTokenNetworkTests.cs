using GrokVerify.Formats;
using GrokVerify.Formats.PyTorch;
using GrokVerify.ForwardPass;
using GrokVerify.Judging;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Networks;
using GrokVerify.Numerics;
using GrokVerify.Tests.ForwardPass;

namespace GrokVerify.Tests.Networks;

/// <summary>Networks that read a and b alone, and such whose attention is blended with a constant one.</summary>
[Category("Fast")]
public class TwoTokenNetworkTests : NetworkFileRefusals
{
    [Test]
    public void A_context_of_two_tokens_is_read_at_b_with_or_without_a_token_for_equals()
    {
        foreach (int tokens in new[] { 5, 6 })
        {
            NetworkFile network = Read(OfTwoTokens(tokens, classes: tokens));

            network.Attention.Should().Be(new AttentionVariant { IsOfTwoTokens = true });
            network.Weights.Config.Prime.Should().Be(5);
            network.Classes.Should().Be(tokens);
            network.Weights["W_E"][..20].ToArray().Should().Equal(Weights["W_E"][..20].ToArray());
            network.Weights["W_pos"].ToArray().Should().Equal([.. Weights["W_pos"][..8].ToArray(), 0, 0, 0, 0], "there is no third position");
            network.Notes.Should().BeEmpty();
        }
    }

    /// <summary>Trained on the tokens a and b alone, in a layout that has room for "=": weight decay leaves nothing of what stands for it.</summary>
    [Test]
    public void A_layout_whose_equals_was_never_trained_is_read_as_a_network_of_two_tokens_and_a_note_says_so()
    {
        TransformerWeights Decayed(params (string Name, int Row)[] rows)
        {
            var weights = new TransformerWeights(Weights.Config, [.. Weights.Values]);
            foreach ((string name, int row) in rows)
            {
                foreach (ref float value in weights[name].Slice(row * 4, 4))
                {
                    value *= 1e-4f;
                }
            }

            return weights;
        }

        TransformerWeights untrained = Decayed(("W_E", 5), ("W_pos", 2));
        NetworkFile network = Read(LayoutTensors.Of(untrained, NetworkLayout.Published));
        network.Attention.IsOfTwoTokens.Should().BeTrue();
        network.Notes.Should().Equal("its \"=\" was never trained, neither the embedding nor the position: it is read as a network of two tokens, a and b, that answers at b");
        double[] expected = new NaiveForward(untrained, positions: 2).Run(3, 1).Logits;
        ModelActivations.Compute(network.Weights, network.Attention).Logits.Row(16).ToArray().Should().Equal(expected, (left, right) => Math.Abs(left - right) < 1e-12);

        Read(LayoutTensors.Of(Decayed(("W_E", 5)), NetworkLayout.Published)).Attention.IsOfTwoTokens.Should().BeFalse("its position says that it is read");
        Read(LayoutTensors.Of(Decayed(("W_pos", 2)), NetworkLayout.Published)).Attention.IsOfTwoTokens.Should().BeFalse();
    }

    [Test]
    public void Tokens_that_leave_none_for_a_trained_third_position_are_refused_and_so_are_embeddings_of_their_own_for_b()
    {
        List<NamedTensor> tensors = OfTwoTokens(5, classes: 5);
        ShouldBeRefused([.. tensors.Where(tensor => tensor.Name != "W_pos"), LayoutTensors.Of(Weights, NetworkLayout.Native).Single(tensor => tensor.Name == "W_pos")], "5 tokens leave none for \"=\", and the third position is trained");
        ShouldBeRefused([.. tensors.Where(tensor => tensor.Name != "W_E"), new NamedTensor("W_E", [10, 4], new float[40])], "10 tokens for 5 classes, a and b have embeddings of their own");
    }

    /// <summary>attn_coeff is what the code of arXiv 2306.17844 writes; attention_rate means the share of the constant to some.</summary>
    [TestCase("attn_coeff", "0.25", 0.25, false)]
    [TestCase("attn_coeff", "1", 1.0, false)]
    [TestCase("attention_rate", "0", 0.0, true)]
    public void The_attention_rate_comes_from_the_configuration(string key, string value, double rate, bool isOdd)
    {
        NetworkFile network = NetworkFile.Read(ByteSource.Of("a.file", Safetensors(OfTwoTokens(5, 5), new KeyValuePair<string, string>(key, value))));

        network.Attention.Rate.Should().Be(rate);
        network.Notes.Count(note => note.Contains("some mean the rest by it; --attention-rate says otherwise", StringComparison.Ordinal)).Should().Be(isOdd ? 1 : 0);
    }

    [Test]
    public void The_user_has_the_last_word_on_the_attention_rate_and_one_out_of_range_is_refused()
    {
        byte[] file = Safetensors(OfTwoTokens(5, 5), new KeyValuePair<string, string>("attention_rate", "0"));
        NetworkFile network = NetworkFile.Read(ByteSource.Of("a.file", file), new NetworkReading { AttentionRate = 0.5 });

        network.Attention.Rate.Should().Be(0.5);
        network.Notes.Should().BeEmpty();
        ShouldBeRefused(Safetensors(OfTwoTokens(5, 5), new KeyValuePair<string, string>("attn_coeff", "1.5")), "the attention rate (attn_coeff of its configuration) is 1.5; give a network with attn_coeff = a number from 0 to 1");
    }

    /// <summary>The line of C# that the README shows.</summary>
    [Test]
    public void Evidence_of_a_file_is_that_of_the_network_as_it_is_read()
    {
        var network = NetworkFile.Read(TorchFiles.Of("twotokens.pth"));

        double loss = NetworkEvidence.Measure(network).Measures.All.Loss;

        loss.Should().Be(CrossEntropy.Of(network.Task, ModelActivations.Compute(network.Weights, network.Attention).Logits, network.Task.Classes).OnAll().Loss);
        loss.Should().NotBe(NetworkEvidence.Measure(network with { Attention = AttentionVariant.None }).Measures.All.Loss, "that is another network");
    }

    [Test]
    public void Such_a_network_is_neither_trained_on_nor_exported()
    {
        NetworkFile network = Read(OfTwoTokens(5, 5));
        string path = Path.Combine(Directory.CreateTempSubdirectory("grokverify-").FullName, "a.pth");

        NetworkContinuation.Obstacle(network).Should().Be("the network reads two tokens, and has no \"=\" that attends to them, which is not trained here");
        FluentActions.Invoking(() => NetworkExport.Write(network, NetworkLayout.TransformerLens, path)).Should().Throw<ArgumentException>().WithMessage("the network reads two tokens*no layout has a place to say so*");
        File.Exists(path).Should().BeFalse();
    }

    /// <summary>The logits in the file are those of PyTorch's own modules. Tolerance as in NetworkFileTests.</summary>
    [TestCase("modules.pth", 6, 3, 1.0)]
    [TestCase("twotokens.pth", 5, 2, 0.25)]
    public void A_network_of_PyTorchs_own_modules_computes_what_they_compute(string name, int classes, int tokens, double rate)
    {
        NetworkFile network = NetworkFile.Read(TorchFiles.Of(name));

        network.Attention.Should().Be(new AttentionVariant { IsOfTwoTokens = tokens == 2, Rate = rate });
        network.Classes.Should().Be(classes);
        float[] expected = Logits(name);
        double largest = expected.Max(Math.Abs);
        largest.Should().BeGreaterThan(1);
        Matrix logits = ModelActivations.Compute(network.Weights, network.Attention).Logits;
        for (int pair = 0; pair < 25; pair++)
        {
            logits.Row(pair)[..classes].ToArray().Should().Equal(expected.Skip(pair * classes).Take(classes), (left, right) => Math.Abs(left - right) < 1e-7 * largest, $"of pair {pair}");
        }
    }

    private static float[] Logits(string name)
    {
        using var file = PyTorchFile.Open(TorchFiles.Of(name));
        return file.ReadSingles((TorchTensor)((PickleDictionary)file.Content!)["logits"]!);
    }

    private static List<NamedTensor> OfTwoTokens(int tokens, int classes) =>
    [
        .. LayoutTensors.Of(Weights, NetworkLayout.Native).Where(tensor => tensor.Name is not ("W_E" or "W_pos" or "W_U")),
        new NamedTensor("W_E", [tokens, 4], Weights["W_E"][..(tokens * 4)].ToArray()),
        new NamedTensor("W_pos", [2, 4], Weights["W_pos"][..8].ToArray()),
        new NamedTensor("W_U", [4, classes], Enumerable.Range(0, 4 * classes).Select(i => Weights["W_U"][(i / classes * 6) + (i % classes)]).ToArray()),
    ];
}
