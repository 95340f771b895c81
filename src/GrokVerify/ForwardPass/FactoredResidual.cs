using GrokVerify.Numerics;

namespace GrokVerify.ForwardPass;

/// <summary>
/// The residual stream at "=" after attention, for all pairs, in factored form:
/// r(a, b) = Constant + sum over heads h and positions j of Pattern[pair, 3h + j] * (u_j W_V^h W_O^h),
/// with u_j the embedding and position of the token at j. An intervention on attention is a change of one of the two members.
/// </summary>
/// <param name="Pattern">float64 [p * p, heads * 3]: attention from "=" to the tokens a, b, "=", head by head.</param>
/// <param name="Constant">float64 [d_model]: the part that is the same for every pair; without intervention the embedding and position of "=", and b_O.</param>
internal sealed record FactoredResidual(Matrix Pattern, double[] Constant);
