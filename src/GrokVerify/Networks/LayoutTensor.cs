using GrokVerify.Model;

namespace GrokVerify.Networks;

/// <summary>What a tensor of a layout is for.</summary>
internal enum TensorRole
{
    /// <summary>A tensor of <see cref="ParameterLayout"/>.</summary>
    Parameter,

    /// <summary>A bias of <see cref="OptionalBiases"/>; may be absent.</summary>
    FurtherBias,

    /// <summary>Not learned and without influence on what is computed here; may be absent.</summary>
    Buffer,
}

/// <summary>One tensor of a layout: its name and axes in a file, and our name and axes for it.</summary>
internal sealed record LayoutTensor(string Name, AxisOrder Axes, TensorRole Role, string OurName, AxisOrder OurAxes)
{
    public const string MaskName = "mask";

    /// <summary>A bias of the MLP: where a network has none, zeros are the same.</summary>
    public bool IsBias => OurName is "b_in" or "b_out";

    private const string IgnoreName = "IGNORE";

    private static readonly (string Name, string Axes)[] Ours =
    [
        ("W_E", "vd"), ("W_pos", "cd"), ("W_Q", "hdk"), ("W_K", "hdk"), ("W_V", "hdk"), ("W_O", "hkd"),
        ("W_in", "dm"), ("b_in", "m"), ("W_out", "md"), ("b_out", "d"), ("W_U", "do"),
    ];

    /// <summary>The tensors of a layout, in the order in which its state dict and optimiser have them.</summary>
    public static IReadOnlyList<LayoutTensor> Of(NetworkLayout layout) => layout switch
    {
        NetworkLayout.Native => [.. Ours.Select(ours => Parameter(ours.Name, ours.Axes, ours.Name))],
        NetworkLayout.Published =>
        [
            Parameter("embed.W_E", "dv", "W_E"),
            Parameter("pos_embed.W_pos", "cd", "W_pos"),
            Parameter("blocks.0.attn.W_K", "hkd", "W_K"),
            Parameter("blocks.0.attn.W_Q", "hkd", "W_Q"),
            Parameter("blocks.0.attn.W_V", "hkd", "W_V"),
            Parameter("blocks.0.attn.W_O", "d(hk)", "W_O"),
            Buffer("blocks.0.attn.mask", MaskName),
            Parameter("blocks.0.mlp.W_in", "md", "W_in"),
            Parameter("blocks.0.mlp.b_in", "m", "b_in"),
            Parameter("blocks.0.mlp.W_out", "dm", "W_out"),
            Parameter("blocks.0.mlp.b_out", "d", "b_out"),
            Parameter("unembed.W_U", "do", "W_U"),
        ],
        _ =>
        [
            Parameter("embed.W_E", "vd", "W_E"),
            Parameter("pos_embed.W_pos", "cd", "W_pos"),
            Parameter("blocks.0.attn.W_Q", "hdk", "W_Q"),
            Parameter("blocks.0.attn.W_O", "hkd", "W_O"),
            Bias("blocks.0.attn.b_Q", "hk", "b_Q"),
            Bias("blocks.0.attn.b_O", "d", "b_O"),
            Parameter("blocks.0.attn.W_K", "hdk", "W_K"),
            Parameter("blocks.0.attn.W_V", "hdk", "W_V"),
            Bias("blocks.0.attn.b_K", "hk", "b_K"),
            Bias("blocks.0.attn.b_V", "hk", "b_V"),
            Buffer("blocks.0.attn.mask", MaskName),
            Buffer("blocks.0.attn.IGNORE", IgnoreName),
            Parameter("blocks.0.mlp.W_in", "dm", "W_in"),
            Parameter("blocks.0.mlp.b_in", "m", "b_in"),
            Parameter("blocks.0.mlp.W_out", "md", "W_out"),
            Parameter("blocks.0.mlp.b_out", "d", "b_out"),
            Parameter("unembed.W_U", "do", "W_U"),
            Bias("unembed.b_U", "o", "b_U"),
        ],
    };

    private static LayoutTensor Parameter(string name, string axes, string ourName) =>
        new(name, new AxisOrder(axes), TensorRole.Parameter, ourName, new AxisOrder(Ours.Single(ours => ours.Name == ourName).Axes));

    private static LayoutTensor Bias(string name, string axes, string ourName) =>
        new(name, new AxisOrder(axes), TensorRole.FurtherBias, ourName, new AxisOrder(axes));

    private static LayoutTensor Buffer(string name, string ourName)
    {
        var axes = new AxisOrder(ourName == MaskName ? "cc" : "");
        return new LayoutTensor(name, axes, TensorRole.Buffer, ourName, axes);
    }
}
