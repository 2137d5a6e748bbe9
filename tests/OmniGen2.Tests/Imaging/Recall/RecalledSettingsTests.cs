using OmniGen2.Imaging;
using OmniGen2.Imaging.Recall;

namespace OmniGen2.Tests.Imaging.Recall;

public sealed class RecalledSettingsTests
{
    [Fact]
    public void Our_own_files_give_back_what_was_asked_for()
    {
        var request = new GenerationRequest { Prompt = "a red star", NegativePrompt = "blur", Steps = 28, TextGuidance = 4, ImageGuidance = 1.6, CfgEnd = 0.6, Scheduler = SchedulerKind.DpmSolver, Seed = long.MaxValue };
        var png = ImageFile.EncodePng(new RgbImage(4, 2, new byte[24]), new GenerationMetadata { Request = request, Model = "mini", Width = 4, Height = 2 }.ToPngTexts());

        var found = RecalledSettings.From(png);

        Assert.Equal(
            new RecalledSettings { Source = "OmniGen2 Studio", Prompt = "a red star", NegativePrompt = "blur", Width = 4, Height = 2, Steps = 28, TextGuidance = 4, ImageGuidance = 1.6, CfgEnd = 0.6, Scheduler = SchedulerKind.DpmSolver, Seed = long.MaxValue, Model = "mini" },
            found);
    }

    [Fact]
    public void What_we_write_for_others_reads_the_same_to_a_reader_of_theirs()
    {
        var metadata = new GenerationMetadata { Request = new GenerationRequest { Prompt = "two lines,\nwith: marks", Steps = 20, Seed = 7 }, Model = "a, b", Width = 64, Height = 32 };

        var found = From(("parameters", ParametersText.From(metadata)));

        Assert.Equal(("two lines,\nwith: marks", 20, 7L, 64, 32, "a, b"), (found?.Prompt, found?.Steps, found?.Seed, found?.Width, found?.Height, found?.Model));
    }

    [Fact]
    public void A1111_has_many_lines_of_words_and_one_of_settings()
    {
        var found = From(("parameters", "a castle\nat night\nNegative prompt: fog,\nrain\nSteps: 30, Sampler: DPM++ 2M Karras, CFG scale: 6.5, Seed: 42, Size: 512x768, Model: sd, Lora hashes: \"x: 1, y: 2\""));

        Assert.Equal(
            new RecalledSettings { Source = "A1111", Prompt = "a castle\nat night", NegativePrompt = "fog,\nrain", Steps = 30, Scheduler = SchedulerKind.DpmSolver, TextGuidance = 6.5, Seed = 42, Width = 512, Height = 768, Model = "sd" },
            found);
    }

    [Fact]
    public void SwarmUI_writes_json_under_the_same_keyword()
    {
        var found = From(("parameters", """{"sui_image_params":{"prompt":"a boat","negativeprompt":"people","seed":9007199254740993,"steps":24,"cfgscale":4.5,"width":1024,"height":640,"sampler":"euler_ancestral","model":"omni"}}"""));

        Assert.Equal(
            new RecalledSettings { Source = "SwarmUI", Prompt = "a boat", NegativePrompt = "people", Seed = 9007199254740993, Steps = 24, TextGuidance = 4.5, Width = 1024, Height = 640, Scheduler = SchedulerKind.Euler, Model = "omni" },
            found);
    }

    [Fact]
    public void InvokeAI_names_the_model_inside_an_object()
    {
        var found = From(("invokeai_metadata", """{"positive_prompt":"a fox","negative_prompt":"","width":768,"height":512,"seed":5,"cfg_scale":7,"steps":25,"scheduler":"dpmpp_2m","model":{"name":"flux","hash":"x"}}"""));

        Assert.Equal(
            new RecalledSettings { Source = "InvokeAI", Prompt = "a fox", NegativePrompt = "", Width = 768, Height = 512, Seed = 5, TextGuidance = 7, Steps = 25, Scheduler = SchedulerKind.DpmSolver, Model = "flux" },
            found);
    }

    [Fact]
    public void ComfyUI_is_a_graph_whose_links_are_followed()
    {
        var found = From(("prompt", """
            {
              "3": {"class_type":"SamplerCustomAdvanced","inputs":{"noise":["7",0],"guider":["4",0],"sampler":["8",0],"sigmas":["9",0],"latent_image":["10",0]}},
              "4": {"class_type":"DualCFGGuider","inputs":{"cfg_conds":5,"cfg_cond2_negative":2.5,"cond1":["5",0],"cond2":["6",0],"negative":["6",0]},"is_changed":[NaN]},
              "5": {"class_type":"ReferenceLatent","inputs":{"conditioning":["11",0]}},
              "6": {"class_type":"CLIPTextEncode","inputs":{"text":"blurry NaN"}},
              "7": {"class_type":"RandomNoise","inputs":{"noise_seed":["12",0]}},
              "8": {"class_type":"KSamplerSelect","inputs":{"sampler_name":"euler"}},
              "9": {"class_type":"BasicScheduler","inputs":{"steps":20}},
              "10": {"class_type":"EmptySD3LatentImage","inputs":{"width":["13",0],"height":896}},
              "11": {"class_type":"CLIPTextEncode","inputs":{"text":["14",0]}},
              "12": {"class_type":"PrimitiveInt","inputs":{"value":123}},
              "13": {"class_type":"PrimitiveInt","inputs":{"value":1152}},
              "14": {"class_type":"PrimitiveString","inputs":{"value":"make it snow"}},
              "15": {"class_type":"UNETLoader","inputs":{"unet_name":"omnigen2_fp16.safetensors"}}
            }
            """));

        Assert.Equal(
            new RecalledSettings { Source = "ComfyUI", Prompt = "make it snow", NegativePrompt = "blurry NaN", TextGuidance = 5, ImageGuidance = 2.5, Seed = 123, Steps = 20, Scheduler = SchedulerKind.Euler, Width = 1152, Height = 896, Model = "omnigen2_fp16.safetensors" },
            found);
    }

    [Fact]
    public void A_plain_sampler_of_ComfyUI_holds_most_itself()
    {
        var found = From(("prompt", """
            {
              "1": {"class_type":"KSampler","inputs":{"seed":11,"steps":30,"cfg":4,"sampler_name":"dpmpp_2m","positive":["2",0],"negative":["4",0],"latent_image":["3",0]}},
              "2": {"class_type":"CLIPTextEncode","inputs":{"text":"a pond"}},
              "3": {"class_type":"EmptyLatentImage","inputs":{"width":640,"height":480}},
              "4": {"class_type":"ConditioningZeroOut","inputs":{"conditioning":["2",0]}}
            }
            """));

        Assert.Equal(
            new RecalledSettings { Source = "ComfyUI", Prompt = "a pond", NegativePrompt = "", TextGuidance = 4, Seed = 11, Steps = 30, Scheduler = SchedulerKind.DpmSolver, Width = 640, Height = 480 },
            found);
    }

    [Theory]
    [InlineData("parameters", "just words")]
    [InlineData("parameters", "")]
    [InlineData("parameters", "{\"sui_image_params\":7}")]
    [InlineData("prompt", "[]")]
    [InlineData("prompt", "{\"1\":{\"inputs\":{\"guider\":[\"1\",0],\"positive\":[\"1\",0],\"steps\":1e99}}}")]
    [InlineData("prompt", "{\"1\":5,\"2\":null}")]
    [InlineData("invokeai_metadata", "{\"width\":-3,\"steps\":1e300,\"seed\":-1}")]
    [InlineData("omnigen_studio", "{\"version\":99}")]
    public void Garbage_recalls_nothing(string keyword, string text) => Assert.Null(From((keyword, text)));

    [Fact]
    public void Circles_end_and_hostile_numbers_are_left_out()
    {
        var found = From(("prompt", """
            {"1":{"inputs":{"guider":["2",0]}},"2":{"inputs":{"cond1":["2",0],"cfg_conds":1e308,"cfg_cond2_negative":3}}}
            """));

        Assert.Equal(new RecalledSettings { Source = "ComfyUI", ImageGuidance = 3 }, found);
    }

    [Fact]
    public void Endless_prompts_are_cut()
    {
        var found = From(("parameters", new string('x', 1_000_000) + "\nSteps: 20, Seed: 1, Size: 64x64"));

        Assert.Equal(RecalledSettings.MaxPromptLength, found?.Prompt?.Length);
    }

    [Fact]
    public void A_damaged_text_of_ours_leaves_the_one_for_others() =>
        Assert.Equal("A1111", From(("omnigen_studio", "{oops"), ("parameters", "words\nSteps: 20, Seed: 1, Size: 64x64"))?.Source);

    private static RecalledSettings? From(params (string Keyword, string Text)[] texts) => RecalledSettings.From(texts.ToDictionary(t => t.Keyword, t => t.Text));
}
