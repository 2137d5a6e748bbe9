using OmniGen2.Imaging;
using OmniGen2.Models.Language;
using OmniGen2.Training.Language;
using OmniGen2.Training.Shapes;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Training.Language;

public sealed class ConversationTreeTests : IDisposable
{
    private static readonly CheckpointFolder Folder = CheckpointFolder.Open(Mini.Path);

    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();
    private readonly SafetensorsSource _weights = SafetensorsSource.Open(Folder.Mllm, new SafetensorsOptions { Aliases = SafetensorsOptions.QwenAliases });
    private readonly FreshSource _heads = new(1);
    private readonly QwenImageProcessor _images = QwenImageProcessor.Load(Path.Combine(Folder.Processor, "preprocessor_config.json"));
    private readonly QwenConfig _config = QwenConfig.Load(CheckpointFolder.Config(Folder.Mllm));

    public void Dispose()
    {
        _scope.Dispose();
        _weights.Dispose();
        _heads.Dispose();
    }

    [Fact]
    public void Every_conversation_of_a_tree_is_read_as_if_it_stood_alone()
    {
        using var noGrad = no_grad();
        var network = LanguageNetwork.Build(_weights, _heads, _config);
        var random = SceneRandom.ForTraining(3, 0);
        ConversationTree[] trees =
        [
            Mini.Sampler(trees: new TreeShares { Picture = 1, Text = 0, Compose = 0 }).Sample(random),
            Mini.Sampler(trees: new TreeShares { Picture = 0, Text = 1, Compose = 0 }).Sample(random),
            Mini.Sampler(trees: new TreeShares { Picture = 0, Text = 0, Compose = 1 }).Sample(random),
        ];
        using var batch = Builder().Build(trees, [], 0);
        var last = network.Forward(batch).Last.view(trees.Length, -1, _config.HiddenSize);
        Assert.True(trees[0].Branches.Count > 2 && trees[1].Branches.Count > 2);
        for (var row = 0; row < trees.Length; row++)
        {
            var (tree, own) = (trees[row], trees[row].Trunk);
            foreach (var ids in tree.Branches.Select(b => b.Conversation.Ids))
            {
                var alone = network.Model.Encode(new QwenPrompt(ids, [.. tree.Pictures.Select(p => _images.Process(ScenePainter.Paint(p)))]));
                var together = cat([last[row].narrow(0, 0, tree.Trunk), last[row].narrow(0, own, ids.Length - tree.Trunk)], 0);
                Assert.True((alone - together).abs().max().item<float>() < 1e-3 * alone.abs().max().item<float>());
                own += ids.Length - tree.Trunk;
            }
        }
    }

    [Fact]
    public void Answers_are_learnt_at_the_token_before_each()
    {
        var tree = new ConversationTree([], [new Branch(Mini.Writer.Chat("Hello!", 0, "Yes."), IsPrompt: false, null), new Branch(Mini.Writer.Drawing("a red star"), IsPrompt: true, null)]);
        using var batch = Builder().Build([tree], [], 70);
        var chat = tree.Branches[0].Conversation;

        Assert.Equal([70, 71], batch.Samples);
        Assert.Equal(chat.Ids[chat.Answer..].Select(id => (long)id), batch.Answers.Labels.data<long>());
        Assert.Equal(Enumerable.Range(chat.Answer - 1, chat.Ids.Length - chat.Answer).Select(i => (long)i), batch.Answers.Places.data<long>());
        Assert.Equal([0L, 0, 0], batch.Answers.Samples.data<long>());

        // The first word of either branch is foretold by the last token that both share.
        Assert.Equal(2, batch.Words.Places.data<long>().Count(place => place == tree.Trunk - 1));
        Assert.Equal(3, batch.Prompts.Count);
        Assert.Equal(chat.Ids.Length, batch.Prompts.Places.data<long>().First());
    }

    [Fact]
    public void Shares_decide_what_is_asked()
    {
        var sampler = Mini.Sampler(trees: new TreeShares { Picture = 1, Text = 0, Compose = 0 }, questions: new QuestionShares
        {
            Caption = 0,
            Count = 0,
            Colour = 0,
            Shape = 0,
            Where = 0,
            YesNo = 1,
            Background = 0,
            Pattern = 0,
            Relation = 0,
            Judge = 1,
            Edit = 0,
        });
        var branches = Enumerable.Range(0, 50).SelectMany(i => sampler.Sample(SceneRandom.ForTraining(9, i)).Branches).ToList();
        var judged = branches.Count(b => b.Conversation.Text.StartsWith("Does the picture match", StringComparison.Ordinal));
        Assert.InRange(judged, branches.Count / 5, branches.Count * 4 / 5);
        Assert.Equal(branches.Count, judged + branches.Count(b => Answer(b) is "Yes." or "No."));

        static string Answer(Branch branch) => Mini.Template.Tokenizer.Decode(branch.Conversation.Ids[branch.Conversation.Answer..], skipSpecial: true);
    }

    private BatchBuilder Builder() => new(_config, _images, Mini.Template.Tokenizer, new LanguageWeights());
}
