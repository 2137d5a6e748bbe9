"""The decoder of diffusers' AutoencoderKL, where diffusers is missing: its layers by its names, so that a checkpoint's weights fall into place."""
from types import SimpleNamespace

import torch
import torch.nn.functional as F
from torch import nn


class AutoencoderKL(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.config = SimpleNamespace(**config)
        self.decoder = Decoder(**{k: config[k] for k in ("latent_channels", "out_channels", "block_out_channels", "layers_per_block", "norm_num_groups")})

    def decode(self, latents, return_dict):
        return (self.decoder(latents),)


class Decoder(nn.Module):
    def __init__(self, latent_channels, out_channels, block_out_channels, layers_per_block, norm_num_groups):
        super().__init__()
        deepest, groups = block_out_channels[-1], norm_num_groups
        self.conv_in = conv(latent_channels, deepest)
        self.mid_block = nn.Module()
        self.mid_block.resnets = nn.ModuleList([Resnet(deepest, deepest, groups) for _ in range(2)])
        self.mid_block.attentions = nn.ModuleList([Attention(deepest, groups)])
        self.up_blocks = nn.ModuleList()
        width = deepest
        for i, out in enumerate(reversed(block_out_channels)):
            block = nn.Module()
            block.resnets = nn.ModuleList([Resnet(width if j == 0 else out, out, groups) for j in range(layers_per_block + 1)])
            block.upsamplers = nn.ModuleList([Upsample(out)] if i < len(block_out_channels) - 1 else [])
            self.up_blocks.append(block)
            width = out
        self.conv_norm_out = nn.GroupNorm(groups, width, 1e-6)
        self.conv_out = conv(width, out_channels)

    def forward(self, x):
        x = self.mid_block.resnets[0](self.conv_in(x))
        x = self.mid_block.resnets[1](self.mid_block.attentions[0](x))
        for block in self.up_blocks:
            for layer in (*block.resnets, *block.upsamplers):
                x = layer(x)
        return self.conv_out(F.silu(self.conv_norm_out(x)))


class Resnet(nn.Module):
    def __init__(self, width, out, groups):
        super().__init__()
        self.norm1, self.conv1 = nn.GroupNorm(groups, width, 1e-6), conv(width, out)
        self.norm2, self.conv2 = nn.GroupNorm(groups, out, 1e-6), conv(out, out)
        self.conv_shortcut = nn.Conv2d(width, out, 1) if width != out else nn.Identity()

    def forward(self, x):
        inner = self.conv1(F.silu(self.norm1(x)))
        return self.conv_shortcut(x) + self.conv2(F.silu(self.norm2(inner)))


class Attention(nn.Module):
    def __init__(self, width, groups):
        super().__init__()
        self.group_norm = nn.GroupNorm(groups, width, 1e-6)
        self.to_q, self.to_k, self.to_v = (nn.Linear(width, width) for _ in range(3))
        self.to_out = nn.ModuleList([nn.Linear(width, width)])

    def forward(self, x):
        pixels = self.group_norm(x).flatten(2).transpose(1, 2)
        query, key, value = (layer(pixels)[:, None] for layer in (self.to_q, self.to_k, self.to_v))
        mixed = F.scaled_dot_product_attention(query, key, value, scale=x.shape[1] ** -0.5)
        return x + self.to_out[0](mixed[:, 0]).transpose(1, 2).reshape(x.shape)


class Upsample(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = conv(width, width)

    def forward(self, x):
        # Nearest neighbours of bf16 are missing in old versions of torch; copying loses nothing.
        return self.conv(x.repeat_interleave(2, 2).repeat_interleave(2, 3))


def conv(width, out):
    return nn.Conv2d(width, out, 3, padding=1)
