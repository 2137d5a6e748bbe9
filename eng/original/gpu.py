"""The original's transformer by itself on a device: a forward, and a denoising with guidance, on given weights; and this project's forward on the same inputs."""
import argparse
import json
import os
import statistics
import subprocess
import sys
import time

import torch

import bench
import standins


def synchronize(device):
    if device != "cpu":
        torch.cuda.synchronize()


def timed(run, repeat, device):
    """Seconds of each run after one that makes everything ready, and what the last one returned."""
    seconds = []
    for number in range(repeat + 1):
        synchronize(device)
        begin = time.perf_counter()
        result = run()
        synchronize(device)
        if number > 0:
            seconds.append(time.perf_counter() - begin)
    return statistics.median(seconds), result


def denoising(model, angles, inputs, steps, dtype):
    """Euler steps from noise with two branches, or three with references, each a forward of its own as in the original's pipeline."""
    latent, text = inputs["input.s0.latent"].to(dtype), inputs["input.text"].to(dtype)
    mask = torch.ones(text.shape[:2], dtype=torch.int32, device=text.device)
    references = [inputs[f"input.s0.ref{j}.latent"].to(dtype) for j in range(5) if f"input.s0.ref{j}.latent" in inputs]
    branches = [[references], [references], None] if references else [None, None]

    def run():
        x = latent
        for step in range(steps):
            t = torch.full((1,), step / steps, dtype=dtype, device=x.device)
            predicted = [model([x], t, text, angles, mask, reference)[0] for reference in branches]
            x = x + (predicted[-1] + 4 * (predicted[0] - predicted[-1])) / steps
        return x

    return run


def own_forward(args):
    if args.own is None:
        return None
    arguments = [args.own, "bench", "forward", "--weights", args.weights, "--inputs", args.inputs, "--dtype", args.dtype, "--threads", str(os.cpu_count()),
                 "--repeat", str(args.repeat), "--out", args.inputs + ".out", "--json"]
    done = subprocess.run(arguments, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(arguments)} ended with {done.returncode}.")
    return json.loads(done.stdout)


def to_device(args, config):
    dtype = bench.NAMES[args.dtype]
    model, angles = bench.build(config, bench.load(args.weights), dtype)
    angles = angles() if callable(angles) else angles
    inputs = {name: tensor.to(args.device) for name, tensor in bench.load(args.inputs).items()}
    model, angles = model.to(args.device), [a.to(args.device) for a in angles]
    if args.device != "cpu":
        torch.set_default_device(args.device)  # what stands in for libraries makes its tensors there
    return model, angles, inputs, dtype


def main():
    parser = argparse.ArgumentParser()
    for name in ("original", "weights", "inputs"):
        parser.add_argument(f"--{name}", required=True)
    for name, default in (("own", None), ("device", "cuda"), ("dtype", "bf16")):
        parser.add_argument(f"--{name}", default=default)
    for name, default in (("repeat", 3), ("size", 1024), ("text", 100), ("references", 0), ("steps", 50)):
        parser.add_argument(f"--{name}", type=int, default=default)
    args = parser.parse_args()
    standins.install()
    sys.path.insert(0, args.original)
    with open(os.path.join(os.path.dirname(args.weights), "config.json")) as file:
        config = json.load(file)
    bench.random_inputs(args.inputs, config, args.size, args.text, args.references)
    own = own_forward(args)
    found = bench.load(args.inputs + ".out") if own is not None else None
    model, angles, inputs, dtype = to_device(args, config)
    with torch.inference_mode():
        forward, outputs = timed(bench.prepare(model, angles, inputs, dtype), args.repeat, args.device)
        picture, _ = timed(denoising(model, angles, inputs, args.steps, dtype), 1, args.device)
    result = {"torch": torch.__version__, "device": args.device, "dtype": args.dtype, "size": args.size, "references": args.references, "steps": args.steps,
              "original_forward_seconds": forward, "original_denoising_seconds": picture}
    if args.device != "cpu":
        result["original_device_peak_bytes"] = torch.cuda.max_memory_allocated()
    if own is not None:
        result["own_forward_seconds"] = own["median_seconds"]
        result["original_over_own_forward"] = forward / own["median_seconds"]
        result["relative_difference"] = max(float((found[f"out.s{i}.output"] - o.float().cpu()).abs().max() / o.float().abs().max()) for i, o in enumerate(outputs))
    print(json.dumps(result))


if __name__ == "__main__":
    main()
