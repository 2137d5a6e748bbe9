"""Alternates one forward of the original's transformer with one of this project's, on the same weights, inputs, threads and libtorch."""
import argparse
import json
import mmap
import os
import struct
import sys

import torch

import standins
import turns

TYPES = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16, "I64": torch.int64, "I32": torch.int32}
NAMES = {"fp32": torch.float32, "bf16": torch.bfloat16}


def load(path):
    """The tensors of a safetensors file, as views of the mapped file."""
    with open(path, "rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    length = struct.unpack("<Q", mapped[:8])[0]
    tensors = {}
    for name, entry in json.loads(mapped[8:8 + length]).items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            dtype = TYPES[entry["dtype"]]
            size = torch.empty(0, dtype=dtype).element_size()
            tensors[name] = torch.frombuffer(mapped, dtype=dtype, count=(end - begin) // size, offset=8 + length + begin).reshape(entry["shape"])
    return tensors


def save(path, tensors):
    header, at = {}, 0
    for name, tensor in tensors.items():
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [at, at + 4 * tensor.numel()]}
        at += 4 * tensor.numel()
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in tensors.values():
            file.write(bytes(tensor.contiguous().flatten().numpy()))


def random_inputs(path, config, size, text, references):
    torch.manual_seed(0)
    side, channels = size // 8, config["in_channels"]
    tensors = {"input.s0.latent": torch.randn(channels, side, side), "input.timestep": torch.tensor([0.5]), "input.text": torch.randn(1, text, config["text_feat_dim"])}
    tensors.update({f"input.s0.ref{j}.latent": torch.randn(channels, side, side) for j in range(references)})
    save(path, tensors)


def build(config, weights, dtype):
    """The original's module with the weights in place of its own, which are never drawn: at full size that would take minutes and 16 GB."""
    from omnigen2.models.transformers import transformer_omnigen2 as original
    from omnigen2.models.transformers.repo import OmniGen2RotaryPosEmbed
    for name in [n for n in dir(torch.nn.init) if n.endswith("_") and not n.startswith("_")]:
        setattr(torch.nn.init, name, lambda tensor, *_, **__: tensor)
    torch.set_default_dtype(torch.bfloat16)
    model = original.OmniGen2Transformer2DModel(**{k: v for k, v in config.items() if not k.startswith("_")})
    torch.set_default_dtype(torch.float32)
    fill(model, weights, dtype)
    return model.eval(), lambda: OmniGen2RotaryPosEmbed.get_freqs_cis(config["axes_dim_rope"], config["axes_lens"], theta=10000)


def fill(model, weights, dtype):
    for name, parameter in model.named_parameters():
        if tuple(weights[name].shape) != tuple(parameter.shape):
            sys.exit(f"{name} is {tuple(weights[name].shape)} in the file and {tuple(parameter.shape)} in the original.")
        parameter.data = weights[name].to(dtype)


def prepare(model, angles, inputs, dtype):
    """One forward of all samples, as one batch."""
    samples = [i for i in range(64) if f"input.s{i}.latent" in inputs]
    text = inputs["input.text"].to(dtype)
    mask = inputs.get("input.text_mask", torch.ones(text.shape[:2], dtype=torch.int32)).to(torch.int32)
    latents = [inputs[f"input.s{i}.latent"].to(dtype) for i in samples]
    references = [[inputs[f"input.s{i}.ref{j}.latent"].to(dtype) for j in range(5) if f"input.s{i}.ref{j}.latent" in inputs] or None for i in samples]
    references = None if all(r is None for r in references) else references
    return lambda: model(latents, inputs["input.timestep"].to(dtype), text, angles, mask, references)


def main():
    parser = argparse.ArgumentParser()
    for name in ("original", "weights", "inputs", "dtype", "own"):
        parser.add_argument(f"--{name}", required=name != "inputs")
    for name, default in (("threads", os.cpu_count()), ("repeat", 5), ("size", 256), ("text", 100), ("references", 0)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    standins.install()
    sys.path.insert(0, args.original)
    with open(os.path.join(os.path.dirname(args.weights), "config.json")) as file:
        config = json.load(file)
    if args.inputs is None:
        args.inputs = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"omnigen2-inputs-{os.getpid()}.safetensors")
        random_inputs(args.inputs, config, args.size, args.text, args.references)
    torch.set_num_threads(args.threads)
    arguments = ["forward", "--weights", args.weights, "--inputs", args.inputs, "--threads", str(args.threads), "--dtype", args.dtype, "--out", args.inputs + ".out"]
    model, angles = build(config, load(args.weights), NAMES[args.dtype])
    pairs, figures, outputs = turns.alternate(args.own, arguments, prepare(model, angles(), load(args.inputs), NAMES[args.dtype]), args.repeat)
    result = {"tokens": figures["tokens"], **turns.summary(args, pairs, figures, compare(args.inputs + ".out", outputs))}
    os.remove(args.inputs + ".out")
    turns.show(args, result, f"{figures['tokens']:.0f} tokens")


def compare(path, outputs):
    own = load(path)
    return max(float((own[f"out.s{i}.output"] - o.float()).abs().max() / o.float().abs().max()) for i, o in enumerate(outputs))


if __name__ == "__main__":
    main()
