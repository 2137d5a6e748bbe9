namespace OmniGen2.Cli.Bench;

/// <summary>The sizes of the released model, as its config files have them.</summary>
internal static class ReleasedConfigs
{
    public const string Transformer =
        """
        {
          "_class_name": "OmniGen2Transformer2DModel",
          "patch_size": 2, "in_channels": 16, "out_channels": null,
          "hidden_size": 2520, "num_layers": 32, "num_refiner_layers": 2, "num_attention_heads": 21, "num_kv_heads": 7,
          "multiple_of": 256, "ffn_dim_multiplier": null, "norm_eps": 1e-05,
          "axes_dim_rope": [40, 40, 40], "axes_lens": [1024, 1664, 1664], "text_feat_dim": 2048, "timestep_scale": 1000.0
        }
        """;

    public const string Vae =
        """
        {
          "_class_name": "AutoencoderKL",
          "in_channels": 3, "out_channels": 3, "latent_channels": 16, "block_out_channels": [128, 256, 512, 512], "layers_per_block": 2,
          "norm_num_groups": 32, "act_fn": "silu", "mid_block_add_attention": true, "use_quant_conv": false, "use_post_quant_conv": false,
          "scaling_factor": 0.3611, "shift_factor": 0.1159
        }
        """;

    public const string Mllm =
        """
        {
          "model_type": "qwen2_5_vl",
          "hidden_size": 2048, "intermediate_size": 11008, "num_hidden_layers": 36, "num_attention_heads": 16, "num_key_value_heads": 2,
          "rms_norm_eps": 1e-06, "rope_theta": 1000000.0, "rope_scaling": { "type": "mrope", "mrope_section": [16, 24, 24] },
          "max_position_embeddings": 128000, "vocab_size": 151936, "image_token_id": 151655, "tie_word_embeddings": true,
          "hidden_act": "silu",
          "vision_config": {
            "depth": 32, "hidden_size": 1280, "intermediate_size": 3420, "num_heads": 16, "in_chans": 3, "patch_size": 14,
            "temporal_patch_size": 2, "spatial_merge_size": 2, "window_size": 112, "fullatt_block_indexes": [7, 15, 23, 31],
            "out_hidden_size": 2048, "hidden_act": "silu", "tokens_per_second": 2
          }
        }
        """;
}
