using GrokVerify.Fourier;

namespace GrokVerify.Tests.Fourier;

[Category("Fast")]
public class KeyFrequenciesTests
{
    [Test]
    public void They_stand_above_the_largest_gap_ascending()
    {
        KeyFrequencies keys = KeyFrequencies.In([0.1, 8, -0.05, 0.11, -9, 4]);

        keys.Frequencies.Should().Equal(2, 5, 6);
        keys.Contrast.Should().BeApproximately(4 / 0.11, 1e-12);
        keys.AbsenceReason.Should().BeNull();
    }

    [Test]
    public void A_spectrum_without_a_gap_of_two_has_none_and_says_so()
    {
        KeyFrequencies keys = KeyFrequencies.In([1, 1.5, 0.8, 1.2]);

        keys.Exist.Should().BeFalse();
        keys.Frequencies.Should().BeEmpty();
        keys.AbsenceReason.Should().Be("no key frequencies: the spectral contrast is 1.25, below 2");
    }

    [Test]
    public void A_spectrum_of_zeros_has_none()
    {
        KeyFrequencies keys = KeyFrequencies.In([0, 0, 0]);

        keys.Exist.Should().BeFalse();
        keys.Contrast.Should().Be(1);
    }

    [Test]
    public void Rounding_below_the_keys_is_no_gap_of_its_own()
    {
        KeyFrequencies keys = KeyFrequencies.In([3, 1e-17, 0, 3, 1e-40]);

        keys.Frequencies.Should().Equal(1, 4);
        keys.Contrast.Should().Be(Math.Pow(2, 52));
    }

    [Test]
    public void At_most_twelve_are_found()
    {
        double[] alpha = [.. Enumerable.Range(0, 13).Select(_ => 5.0), .. Enumerable.Range(0, 10).Select(_ => 0.001)];

        KeyFrequencies.In(alpha).Exist.Should().BeFalse("the gap stands behind the thirteenth");
        KeyFrequencies.In(alpha[1..]).Frequencies.Should().HaveCount(12);
    }

    [Test]
    public void A_gap_of_exactly_two_is_enough() => KeyFrequencies.In([1, 4, 2, 4]).Frequencies.Should().Equal(2, 4);

    [Test]
    public void Of_two_gaps_alike_the_one_behind_fewer_frequencies_counts() => KeyFrequencies.In([1, 9, 3, 0.9]).Frequencies.Should().Equal(2);

    [Test]
    public void A_set_given_from_outside_has_the_contrast_of_its_least_over_the_largest_outside()
    {
        KeyFrequencies keys = KeyFrequencies.Given([0.5, -8, 3, -6], [4, 2]);

        keys.Frequencies.Should().Equal(2, 4);
        keys.Contrast.Should().Be(2);
        KeyFrequencies.Given([0.5, -8, 3, -6], [3]).Contrast.Should().Be(3 / 8.0, "the spectrum does not single it out");
    }
}
