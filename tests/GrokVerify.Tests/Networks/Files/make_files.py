"""Makes the .pth files of this folder with a real PyTorch (they were made with 1.13.0): python3 make_files.py FOLDER"""
import copy
import dataclasses
import random
import sys
import types
from collections import OrderedDict

import torch

folder = sys.argv[1]
torch.manual_seed(0)
P, D, H, M = 5, 4, 2, 8
K = D // H


def save(value, name, **more):
    torch.save(value, f"{folder}/{name}", **more)


table = torch.arange(12, dtype=torch.float32).reshape(3, 4)
save({
    "double": torch.tensor([1.5, -1e300], dtype=torch.float64),
    "float": torch.tensor([1.5, -2.25]),
    "half": torch.tensor([1.5, 65504], dtype=torch.float16),
    "bfloat16": torch.tensor([1.5, -3], dtype=torch.bfloat16),
    "long": torch.tensor([2**40, -1]),
    "int": torch.tensor([-70000], dtype=torch.int32),
    "short": torch.tensor([-300], dtype=torch.int16),
    "char": torch.tensor([-3], dtype=torch.int8),
    "byte": torch.tensor([200], dtype=torch.uint8),
    "bool": torch.tensor([True, False]),
    "single": torch.tensor(2.5),
    "empty": torch.zeros(0, 3),
    "table": table,
    "transposed": table.t(),
    "every_other": table[:, 1::2],
    "last_row": table[2],
    "parameter": torch.nn.Parameter(torch.tensor([7.0])),
    "list": [1, -2, 300, 70000, 2**40, -(2**40), 0.1, True, False, None, "π = 3", (), (1,), [], {}],
    "size": table.shape,
    "dtype": torch.float32,
    "device": torch.device("cpu"),
    7: "a number as key",
}, "kinds.pth")
save({"w": table}, "legacy.pth", _use_new_zipfile_serialization=False)


def logits(w, bias):
    """The network in float64 on all pairs; w in TransformerLens' layout."""
    w = {name: value.double() for name, value in w.items()}
    rows = []
    for pair in range(P * P):
        x = w["W_E"][[pair // P, pair % P, P]] + w["W_pos"]
        result = x.clone()
        for h in range(H):
            q = x @ w["W_Q"][h] + bias("b_Q", h)
            k = x @ w["W_K"][h] + bias("b_K", h)
            v = x @ w["W_V"][h] + bias("b_V", h)
            scores = (q @ k.T / K**0.5).masked_fill(torch.ones(3, 3).triu(1).bool(), float("-inf"))
            result = result + scores.softmax(-1) @ v @ w["W_O"][h]
        result = result + bias("b_O", None)
        mlp = (result @ w["W_in"] + w["b_in"]).relu() @ w["W_out"] + w["b_out"]
        rows.append(((result + mlp) @ w["W_U"] + bias("b_U", None))[2])
    return torch.stack(rows)


def network(classes):
    shapes = dict(W_E=(P + 1, D), W_pos=(3, D), W_Q=(H, D, K), W_K=(H, D, K), W_V=(H, D, K), W_O=(H, K, D),
                  W_in=(D, M), b_in=(M,), W_out=(M, D), b_out=(D,), W_U=(D, classes))
    return {name: torch.randn(shape) for name, shape in shapes.items()}


# The layout of the authors' released code, with optimiser, scheduler, losses and configuration as there.
w = network(P + 1)
model = torch.nn.ParameterDict(OrderedDict((name.replace(".", "/"), torch.nn.Parameter(value)) for name, value in [
    ("embed.W_E", w["W_E"].T.clone()),
    ("pos_embed.W_pos", w["W_pos"]),
    ("blocks.0.attn.W_K", w["W_K"].transpose(1, 2).clone()),
    ("blocks.0.attn.W_Q", w["W_Q"].transpose(1, 2).clone()),
    ("blocks.0.attn.W_V", w["W_V"].transpose(1, 2).clone()),
    ("blocks.0.attn.W_O", w["W_O"].reshape(H * K, D).T.clone()),
    ("blocks.0.mlp.W_in", w["W_in"].T.clone()),
    ("blocks.0.mlp.b_in", w["b_in"]),
    ("blocks.0.mlp.W_out", w["W_out"].T.clone()),
    ("blocks.0.mlp.b_out", w["b_out"]),
    ("unembed.W_U", w["W_U"]),
]))
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.5, betas=(0.9, 0.98))
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min(step / 10, 1))
for _ in range(3):
    for parameter in model.parameters():
        parameter.grad = torch.randn(parameter.shape)
    optimizer.step()
    scheduler.step()
state = OrderedDict((name.replace("/", "."), value.detach()) for name, value in model.items())
state["blocks.0.attn.mask"] = torch.tril(torch.ones(3, 3))
back = {name.split(".")[-1]: value for name, value in state.items()}
for name in ("W_E", "W_in", "W_out"):
    back[name] = back[name].T
for name in ("W_Q", "W_K", "W_V"):
    back[name] = back[name].transpose(1, 2)
back["W_O"] = back["W_O"].T.reshape(H, K, D)
del back["mask"]
save({
    "model": state,
    "optimizer": optimizer.state_dict(),
    "scheduler": scheduler.state_dict(),
    "train_loss": torch.tensor(1.25, dtype=torch.float64),
    "test_loss": torch.tensor(1.75, dtype=torch.float64),
    "train_losses": [2.0, 1.5, 1.25],
    "test_losses": [1.75],
    "epoch": 2,
    "config": {"lr": 1e-3, "p": P, "d_model": D, "fn_name": "add", "frac_train": 0.4, "num_epochs": 3, "seed": 7, "weight_decay": 1},
    "logits": logits(back, lambda name, h: 0),
}, "published.pth")

# TransformerLens' layout: biases that are not zero, p output classes, boolean mask, a prefix as DataParallel makes it, half of it in other types.
w = network(P)
biases = dict(b_Q=torch.randn(H, K), b_K=torch.randn(H, K), b_V=torch.randn(H, K), b_O=torch.randn(D), b_U=torch.randn(P))
w["W_in"], w["W_out"] = w["W_in"].half(), w["W_out"].bfloat16()
w["W_E"] = w["W_E"].double()
state = OrderedDict([
    ("embed.W_E", w["W_E"]),
    ("pos_embed.W_pos", w["W_pos"]),
    ("blocks.0.attn.W_Q", w["W_Q"]),
    ("blocks.0.attn.W_O", w["W_O"]),
    ("blocks.0.attn.b_Q", biases["b_Q"]),
    ("blocks.0.attn.b_O", biases["b_O"]),
    ("blocks.0.attn.W_K", w["W_K"].transpose(1, 2).contiguous().transpose(1, 2)),
    ("blocks.0.attn.W_V", w["W_V"]),
    ("blocks.0.attn.b_K", biases["b_K"]),
    ("blocks.0.attn.b_V", biases["b_V"]),
    ("blocks.0.attn.mask", torch.tril(torch.ones(3, 3)).bool()),
    ("blocks.0.attn.IGNORE", torch.tensor(float("-inf"))),
    ("blocks.0.mlp.W_in", w["W_in"]),
    ("blocks.0.mlp.b_in", w["b_in"]),
    ("blocks.0.mlp.W_out", w["W_out"]),
    ("blocks.0.mlp.b_out", w["b_out"]),
    ("unembed.W_U", w["W_U"]),
    ("unembed.b_U", biases["b_U"]),
])
save({
    "state_dict": OrderedDict(("module." + name, value) for name, value in state.items()),
    "logits": logits(w, lambda name, h: biases[name].double() if h is None else biases[name][h].double()),
}, "transformerlens.pth")


# Networks that are put together from PyTorch's own modules, under names of their authors' liking.
class Modules(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.token_embed = torch.nn.Embedding(P + 1, D)
        self.pos_embed = torch.nn.Parameter(torch.zeros(1, 3, D))
        self.attn = torch.nn.MultiheadAttention(D, H, batch_first=True)
        self.mlp = torch.nn.Sequential(torch.nn.Linear(D, M), torch.nn.ReLU(), torch.nn.Linear(M, D))
        self.unembed = torch.nn.Linear(D, P + 1)

    def forward(self, tokens):
        x = self.token_embed(tokens) + self.pos_embed
        x = x + self.attn(x, x, x, need_weights=False)[0]
        return self.unembed(x + self.mlp(x))[:, -1]


class TwoTokens(torch.nn.Module):
    """Two tokens, read at b; attention weights blended with a constant one (arXiv 2306.17844)."""

    def __init__(self, rate):
        super().__init__()
        self.rate = rate
        self.embed = torch.nn.Embedding(P, D)
        self.pos = torch.nn.Embedding(2, D)
        self.query, self.key, self.value = (torch.nn.Linear(D, D, bias=False) for _ in range(3))
        self.out_proj = torch.nn.Linear(D, D, bias=False)
        self.fc1, self.fc2 = torch.nn.Linear(D, M), torch.nn.Linear(M, D)
        self.lm_head = torch.nn.Linear(D, P, bias=False)

    def forward(self, tokens):
        def split(x):
            return x.reshape(len(x), 2, H, K).transpose(1, 2)

        x = self.embed(tokens) + self.pos(torch.arange(2))
        weights = (split(self.query(x)) @ split(self.key(x)).transpose(2, 3) / K**0.5).softmax(-1) * self.rate + 1 - self.rate
        x = x + self.out_proj((weights @ split(self.value(x))).transpose(1, 2).reshape(len(x), 2, D))
        return self.lm_head(x + self.fc2(self.fc1(x).relu()))[:, -1]


pairs = torch.arange(P * P)
tokens = torch.stack([pairs // P, pairs % P, torch.full_like(pairs, P)], 1)
for module, name, inputs, config in [
    (Modules(), "modules.pth", tokens, {"n_heads": H}),
    (TwoTokens(0.25), "twotokens.pth", tokens[:, :2], {"n_heads": H, "attn_coeff": 0.25, "diff_vocab": False}),
]:
    for parameter in module.parameters():
        parameter.data = torch.randn(parameter.shape)
    optimizer = torch.optim.AdamW(module.parameters(), weight_decay=0.5)
    for parameter in module.parameters():
        parameter.grad = torch.randn(parameter.shape)
    optimizer.step()
    state = OrderedDict((key, value.clone()) for key, value in module.state_dict().items())
    save({
        "model_state_dict": state,
        "optimizer": optimizer.state_dict(),
        "config": config,
        "logits": module.double()(inputs).detach(),
    }, name)


# What TransformerLens' own grokking demo saves: its configuration as an object of its class, checkpoints as a list of state dicts, halves as numbers of pairs.
library = types.ModuleType("transformer_lens.HookedTransformerConfig")
sys.modules["transformer_lens"] = types.ModuleType("transformer_lens")
sys.modules[library.__name__] = library
fields = dict(n_layers=1, d_model=D, n_ctx=3, d_head=K, n_heads=H, d_mlp=M, act_fn="relu", d_vocab=P + 1, d_vocab_out=P, normalization_type=None, init_weights=True, init_mode="gpt2",
              initializer_range=0.02, device="cuda", n_devices=1, attention_dir="causal", attn_only=False, seed=999, positional_embedding_type="standard", n_params=0, use_attn_scale=True,
              parallel_attn_mlp=False, gated_mlp=False, default_prepend_bos=True, dtype=torch.float32)
library.HookedTransformerConfig = dataclasses.make_dataclass("HookedTransformerConfig", list(fields))
library.HookedTransformerConfig.__module__ = library.__name__
w = network(P)
zeros = {"b_Q": (H, K), "b_K": (H, K), "b_V": (H, K), "b_O": (D,), "b_U": (P,)}
w["b_in"], w["b_out"] = torch.zeros(M), torch.zeros(D)
state = OrderedDict([
    ("embed.W_E", w["W_E"]), ("pos_embed.W_pos", w["W_pos"]),
    *((f"blocks.0.attn.{name}", w[name] if name in w else torch.zeros(zeros[name])) for name in ("W_Q", "W_O", "b_Q", "b_O", "W_K", "W_V", "b_K", "b_V")),
    ("blocks.0.attn.mask", torch.tril(torch.ones(3, 3)).bool()), ("blocks.0.attn.IGNORE", torch.tensor(float("-inf"))),
    *((f"blocks.0.mlp.{name}", w[name]) for name in ("W_in", "b_in", "W_out", "b_out")),
    ("unembed.W_U", w["W_U"]), ("unembed.b_U", torch.zeros(P)),
])
computed = logits(w, lambda name, h: 0)
losses = -computed.log_softmax(-1).gather(1, ((pairs // P + pairs % P) % P)[:, None]).squeeze(1)
torch.manual_seed(598)
train, test = torch.randperm(P * P).split([10, 15])
save({
    "model": state,
    "config": library.HookedTransformerConfig(**fields),
    "checkpoints": [copy.deepcopy(state), copy.deepcopy(state)],
    "checkpoint_epochs": [0, 100],
    "train_losses": [2.0, losses[train].mean().item()],
    "test_losses": [2.0, losses[test].mean().item()],
    "train_indices": train,
    "test_indices": test,
    "logits": computed,
}, "demo.pth")


# A network of p classes in PyTorch's own modules, ten steps of AdamW in; and what its losses are 10, 20 and 30 steps later. Pairs are shuffled as the paper's code does it.
class Linears(torch.nn.Module):
    def __init__(self, p, d, m):
        super().__init__()
        self.token_embed, self.pos_embed = torch.nn.Embedding(p + 1, d), torch.nn.Embedding(3, d)
        self.q_proj, self.k_proj, self.v_proj, self.o_proj = (torch.nn.Linear(d, d, bias=False) for _ in range(4))
        self.fc1, self.fc2 = torch.nn.Linear(d, m), torch.nn.Linear(m, d)
        self.unembed = torch.nn.Linear(d, p, bias=False)

    def forward(self, tokens):
        def split(x):
            return x.reshape(len(x), 3, H, -1).transpose(1, 2)

        x = self.token_embed(tokens) + self.pos_embed(torch.arange(3))
        q, k, v = split(self.q_proj(x)), split(self.k_proj(x)), split(self.v_proj(x))
        scores = (q @ k.transpose(2, 3) / q.shape[-1]**0.5).masked_fill(torch.ones(3, 3).triu(1).bool(), float("-inf"))
        x = x + self.o_proj((scores.softmax(-1) @ v).transpose(1, 2).reshape(x.shape))
        return self.unembed(x + self.fc2(self.fc1(x).relu()))[:, -1]


p = 11
pairs = torch.arange(p * p)
tokens, labels = torch.stack([pairs // p, pairs % p, torch.full_like(pairs, p)], 1), (pairs // p + pairs % p) % p
order = list(range(p * p))
random.seed(3)
random.shuffle(order)
train, test = torch.tensor(order[:60]), torch.tensor(order[60:])
torch.manual_seed(2)
module = Linears(p, 8, 16)
for parameter in module.parameters():
    parameter.data = torch.randn(parameter.shape) * 0.5
optimizer = torch.optim.AdamW(module.parameters(), lr=1e-3, weight_decay=0.5, betas=(0.9, 0.98))


def loss(part):
    return -module(tokens[part]).double().log_softmax(-1).gather(1, labels[part][:, None]).mean()


saved, later = None, []
for step in range(1, 41):
    optimizer.zero_grad()
    loss(train).backward()
    optimizer.step()
    if step % 10 == 0:
        losses = [loss(train).item(), loss(test).item()]
        saved, later = (saved, [*later, losses]) if saved else (copy.deepcopy({
            "model_state_dict": module.state_dict(), "optimizer": optimizer.state_dict(), "config": {"n_heads": H, "seed": 3, "frac_train": 0.5},
            "train_losses": [losses[0]], "test_losses": [losses[1]],
        }), [])
save({**saved, "later_losses": torch.tensor(later, dtype=torch.float64)}, "continued.pth")
