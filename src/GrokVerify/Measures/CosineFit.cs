namespace GrokVerify.Measures;

/// <summary>A sum over frequencies of x_k cos(w_k(a+b-c)) in the place of a network's logits, over p classes.</summary>
/// <param name="Accuracy">Over all pairs, 0..1. 1 for any positive coefficients, since every cosine is largest at c = a + b: it shows the signs, and the other numbers show the sizes.</param>
/// <param name="Loss">Cross-entropy in nats: the same for every pair.</param>
/// <param name="Divergence">Kullback-Leibler divergence from the network's softmax to that of the sum, nats in the mean over pairs; at least 0.</param>
/// <param name="FractionOfVarianceExplained">Of the row-centred logits: at most 1, below 0 where the sum is further from them than zero is.</param>
internal sealed record CosineFit(double Accuracy, double Loss, double Divergence, double FractionOfVarianceExplained);
