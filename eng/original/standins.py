"""What the original's transformer and pipeline take from libraries that may not be there: a handful of helpers of diffusers and einops, and of a newer torch.

Only what is missing is put in its place; names that the original only mentions, on ways that are not gone here, stand for nothing. The arithmetic is that of the libraries, so that the original's own results come out; the
comparison with the other program shows whether they do.
"""
import contextlib
import importlib.util
import math
import sys
import types

import torch
import torch.nn.functional as F
from torch import nn

from vae import AutoencoderKL


def install():
    if not hasattr(nn, "RMSNorm"):
        nn.RMSNorm = RMSNorm
    if not hasattr(F, "scaled_dot_product_attention"):
        F.scaled_dot_product_attention = scaled_dot_product_attention
    if importlib.util.find_spec("einops") is None:
        put("einops", rearrange=rearrange, repeat=repeat)
    if importlib.util.find_spec("diffusers") is None:
        put_diffusers()
    if importlib.util.find_spec("transformers") is None:
        put("transformers", Qwen2_5_VLForConditionalGeneration=None)
    if importlib.util.find_spec("huggingface_hub") is None:
        put("huggingface_hub")
        put("huggingface_hub.utils", validate_hf_hub_args=lambda method: method)
    if importlib.util.find_spec("PIL") is None:
        put("PIL", Image=put("PIL.Image", Image=Mixin))


class Mixin:
    pass


def put(name, **members):
    module = types.ModuleType(name)
    module.__path__ = []
    module.__dict__.update(members)
    sys.modules[name] = module
    return module


def put_diffusers():
    import logging

    def no(*_):
        return False

    put("diffusers")
    put("diffusers.configuration_utils", ConfigMixin=type("ConfigMixin", (Mixin,), {}), register_to_config=register_to_config)
    put("diffusers.loaders", PeftAdapterMixin=type("PeftAdapterMixin", (Mixin,), {}))
    put("diffusers.loaders.single_file_model", FromOriginalModelMixin=type("FromOriginalModelMixin", (Mixin,), {}))
    logging.get_logger = logging.getLogger
    put("diffusers.utils", USE_PEFT_BACKEND=False, logging=logging, scale_lora_layers=None, unscale_lora_layers=None, BaseOutput=Mixin,
        is_torch_xla_available=no, is_torch_version=no, is_peft_available=no, is_peft_version=no, is_transformers_available=no, is_transformers_version=no)
    put("diffusers.utils.torch_utils", randn_tensor=None)
    put("diffusers.models")
    put("diffusers.models.attention_processor", Attention=Attention)
    put("diffusers.models.modeling_outputs", Transformer2DModelOutput=dict)
    put("diffusers.models.modeling_utils", ModelMixin=nn.Module)
    put("diffusers.models.embeddings", Timesteps=Timesteps, get_1d_rotary_pos_embed=get_1d_rotary_pos_embed)
    put("diffusers.models.autoencoders", AutoencoderKL=AutoencoderKL)
    put("diffusers.schedulers", FlowMatchEulerDiscreteScheduler=None)
    put("diffusers.schedulers.scheduling_utils", SchedulerMixin=type("SchedulerMixin", (Mixin,), {}))
    put("diffusers.loaders.lora_base", LoraBaseMixin=type("LoraBaseMixin", (Mixin,), {}), _fetch_state_dict=None)
    put("diffusers.loaders.lora_conversion_utils", _convert_non_diffusers_lumina2_lora_to_diffusers=None)
    put("diffusers.image_processor", PipelineImageInput=None, VaeImageProcessor=Mixin, is_valid_image_imagelist=None)
    put("diffusers.pipelines.pipeline_utils", DiffusionPipeline=Pipeline)
    put("diffusers.models.activations", get_activation=lambda name: {"silu": nn.SiLU}[name]())


def register_to_config(init):
    def wrapped(self, **config):
        object.__setattr__(self, "config", types.SimpleNamespace(**config))
        init(self, **config)

    return wrapped


class Pipeline:
    def progress_bar(self, total):
        return contextlib.nullcontext(types.SimpleNamespace(update=lambda: None))


class RMSNorm(nn.Module):
    """Of fp32 inside, as torch and diffusers have it."""

    def __init__(self, size, eps=1e-5):
        super().__init__()
        self.weight, self.eps = nn.Parameter(torch.ones(size)), eps

    def forward(self, x):
        wide = x.float()
        return (wide * torch.rsqrt(wide.pow(2).mean(-1, keepdim=True) + self.eps)).to(x.dtype) * self.weight


class Attention(nn.Module):
    def __init__(self, query_dim, dim_head, heads, kv_heads, eps, processor, **_):
        super().__init__()
        self.heads, self.scale, self.processor = heads, dim_head ** -0.5, processor
        self.norm_q, self.norm_k = RMSNorm(dim_head, eps), RMSNorm(dim_head, eps)
        self.to_q = nn.Linear(query_dim, heads * dim_head, bias=False)
        self.to_k = nn.Linear(query_dim, kv_heads * dim_head, bias=False)
        self.to_v = nn.Linear(query_dim, kv_heads * dim_head, bias=False)
        self.to_out = nn.ModuleList([nn.Linear(heads * dim_head, query_dim, bias=False), nn.Dropout(0.0)])

    def forward(self, hidden_states, **others):
        return self.processor(self, hidden_states, **others)


class Timesteps(nn.Module):
    def __init__(self, num_channels, flip_sin_to_cos, downscale_freq_shift, scale):
        super().__init__()
        self.half, self.shift, self.scale = num_channels // 2, downscale_freq_shift, scale

    def forward(self, t):
        exponent = -math.log(10000) * torch.arange(self.half, dtype=torch.float32) / (self.half - self.shift)
        angles = self.scale * (t[:, None].float() * torch.exp(exponent)[None])
        return torch.cat([torch.cos(angles), torch.sin(angles)], -1)


def get_1d_rotary_pos_embed(dim, length, theta, freqs_dtype):
    frequencies = 1.0 / theta ** (torch.arange(0, dim, 2, dtype=freqs_dtype) / dim)
    angles = torch.outer(torch.arange(length), frequencies)
    return torch.polar(torch.ones_like(angles), angles)


def scaled_dot_product_attention(query, key, value, attn_mask=None, scale=None):
    scores = (query * scale) @ key.transpose(-2, -1)
    if attn_mask is not None:
        scores = scores.masked_fill(~attn_mask, -math.inf)
    return torch.softmax(scores, -1) @ value


def rearrange(x, pattern, p1, p2, h=None, w=None):
    if pattern.startswith("c"):  # c (h p1) (w p2) -> (h w) (p1 p2 c)
        c, height, width = x.shape
        return x.reshape(c, height // p1, p1, width // p2, p2).permute(1, 3, 2, 4, 0).reshape(height // p1 * (width // p2), -1)
    return x.reshape(h, w, p1, p2, -1).permute(4, 0, 2, 1, 3).reshape(-1, h * p1, w * p2)  # and back


def repeat(x, pattern, h=None, w=None):
    if pattern == "l -> l 3":
        return x[:, None].expand(-1, 3)
    return x[:, None].expand(-1, w) if h is None else x[None].expand(h, -1)  # rows, columns
