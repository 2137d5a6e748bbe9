"""Alternates whole pictures of the original's pipeline with whole pictures of this project.

The original begins with what the language model says of the prompt, as this project has written it down, and ends with pixels: denoising with its own
loop, scheduler and transformer, then the autoencoder. This project's time has the reading of the prompt in it besides.
"""
import argparse
import json
import os
import sys

import torch

import bench
import standins
import turns
from vae import AutoencoderKL

GUIDANCE = 4.0


class Picture:
    def __init__(self, model, dtype, inputs):
        self.model, self.dtype, self.inputs, self.pipeline = model, bench.NAMES[dtype], inputs, None

    def __call__(self):
        if self.pipeline is None:
            # Written by the other side, which had the first turn.
            self.given = {name: tensor.to(self.dtype) if name != "input.timesteps" else tensor for name, tensor in bench.load(self.inputs).items()}
            self.pipeline = self.build()
        positive, negative = self.given["text.embeds"], self.given["text.negative_embeds"]
        masks = [torch.ones(text.shape[:2], dtype=torch.int32) for text in (positive, negative)]
        return self.pipeline.processing(
            latents=self.given["input.latents"], ref_latents=[None], prompt_embeds=positive, freqs_cis=self.angles(), negative_prompt_embeds=negative, prompt_attention_mask=masks[0],
            negative_prompt_attention_mask=masks[1], num_inference_steps=None, timesteps=self.given["input.timesteps"].numpy(), device="cpu", dtype=self.dtype, verbose=False)

    def build(self):
        from omnigen2.pipelines.omnigen2.pipeline_omnigen2 import OmniGen2Pipeline
        from omnigen2.schedulers.scheduling_flow_match_euler_discrete import FlowMatchEulerDiscreteScheduler
        pipeline = object.__new__(OmniGen2Pipeline)
        weights, config = self.part("transformer")
        pipeline.transformer, self.angles = bench.build(config, weights, self.dtype)
        pipeline.vae = AutoencoderKL(self.part("vae")[1])
        bench.fill(pipeline.vae, self.part("vae")[0], self.dtype)
        pipeline.scheduler = FlowMatchEulerDiscreteScheduler(num_train_timesteps=1000, dynamic_time_shift=False)
        pipeline._text_guidance_scale, pipeline._image_guidance_scale, pipeline._cfg_range = GUIDANCE, 1.0, (0.0, 1.0)
        return pipeline

    def part(self, name):
        folder = os.path.join(self.model, name)
        with open(os.path.join(folder, "config.json")) as file:
            return bench.load(os.path.join(folder, "diffusion_pytorch_model.safetensors")), json.load(file)


def main():
    parser = argparse.ArgumentParser()
    for name in ("original", "model", "dtype", "own"):
        parser.add_argument(f"--{name}", required=True)
    for name, default in (("threads", os.cpu_count()), ("repeat", 5), ("size", 128), ("steps", 20)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    standins.install()
    sys.path.insert(0, args.original)
    torch.set_num_threads(args.threads)
    path = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"omnigen2-picture-{os.getpid()}.safetensors")
    arguments = ["picture", "--model", args.model, "--size", str(args.size), "--steps", str(args.steps), "--threads", str(args.threads), "--dtype", args.dtype, "--out", path]
    pairs, figures, pixels = turns.alternate(args.own, arguments, Picture(args.model, args.dtype, path), args.repeat)
    own = bench.load(path)["out.pixels"]
    os.remove(path)
    result = {"size": args.size, "steps": args.steps, **turns.summary(args, pairs, figures, float((own - pixels.float()).abs().max() / own.abs().max()))}
    turns.show(args, result, f"pictures of {args.size} x {args.size} in {args.steps} steps")


if __name__ == "__main__":
    main()
