using OmniGen2.Training.Shapes;

namespace OmniGen2.Training.Language;

/// <summary>Draws trees by the shares of a stage. Holds no state: one serves all threads.</summary>
internal sealed class TreeSampler(ConversationWriter writer, WorldOptions world, TreeShares trees, QuestionShares questions, int length)
{
    private const int JudgeKind = (int)QuestionKind.Relation + 1;
    private const int EditKind = JudgeKind + 1;

    // Of the prompts without a picture: drawings, edits, compositions, small talk.
    private static readonly double[] TextWeights = [.6, .2, .14, .06];

    // Of the wishes for a drawing, those that come by chat.
    private const double ChatShare = .4;

    private readonly Grammar _grammar = new(world);
    private readonly double[] _trees = [.. trees.Weights.Select(w => w.Value)];
    private readonly double[] _kinds = [.. questions.Weights.Select(w => w.Value)];

    public ConversationTree Sample(SceneRandom random) => random.Weighted(_trees) switch
    {
        0 => Picture(random),
        1 => Text(random),
        _ => Compose(random),
    };

    /// <summary>A picture of the world, for the vision tower alone.</summary>
    public Scene Scene(SceneRandom random) => _grammar.Scenes.Scene(random);

    private ConversationTree Picture(SceneRandom random)
    {
        var first = Ask(random, random.Weighted(_kinds));
        var scene = first.Seen!;
        var kinds = _kinds.Select((weight, kind) => CanAsk(kind, scene) ? weight : 0).ToArray();
        return kinds.Sum() > 0 ? Fill([scene], first, () => Ask(random, random.Weighted(kinds), scene)) : new ConversationTree([scene], [first]);
    }

    private ConversationTree Text(SceneRandom random) => Fill([], Prompt(random), () => Prompt(random));

    private ConversationTree Compose(SceneRandom random)
    {
        var task = _grammar.InContext(random);
        var conversation = writer.Chat(task.Instruction, task.References.Count, ChatTask.PictureToken);
        return new ConversationTree(task.References, [new Branch(conversation, IsPrompt: true, task.References.Count == 1 ? task.References[0] : null)]);
    }

    private ConversationTree Fill(IReadOnlyList<Scene> pictures, Branch first, Func<Branch> next)
    {
        var tree = new ConversationTree(pictures, [first]);
        var branches = new List<Branch> { first };
        var room = length - tree.Length;
        for (var branch = next(); branch.Conversation.Ids.Length - tree.Trunk <= room; branch = next())
        {
            branches.Add(branch);
            room -= branch.Conversation.Ids.Length - tree.Trunk;
        }

        return tree with { Branches = branches };
    }

    private static bool CanAsk(int kind, Scene scene) => kind switch
    {
        JudgeKind => scene.HasDistinctNames,
        EditKind => true,
        _ => Grammar.CanAsk((QuestionKind)kind, scene),
    };

    /// <summary>About a scene that suits the kind.</summary>
    private Branch Ask(SceneRandom random, int kind) => kind switch
    {
        JudgeKind => Of(_grammar.Judge(random)),
        EditKind => Of(_grammar.Edit(random)),
        _ => Of(_grammar.Question(random, (QuestionKind)kind)),
    };

    private Branch Ask(SceneRandom random, int kind, Scene scene) => kind switch
    {
        JudgeKind => Of(_grammar.Judge(random, scene)),
        EditKind => Of(_grammar.Edit(random, scene)),
        _ => Of(Grammar.Question(random, (QuestionKind)kind, scene)),
    };

    private Branch Of(QuestionTask task) => new(writer.Chat(task.Question, 1, task.Answer), IsPrompt: false, task.Scene)
    {
        IsTrue = task.Kind is QuestionKind.YesNo or QuestionKind.Relation ? task.Answer == QuestionTask.Yes : null,
    };

    private Branch Of(JudgeTask task) => new(writer.Chat(task.Question, 1, task.Answer), IsPrompt: false, task.Shown)
    {
        IsTrue = task.Fault == JudgeFault.None,
        IsRequest = true,
    };

    private Branch Of(EditTask task) => new(writer.Chat(task.Instruction, 1, ChatTask.PictureToken), IsPrompt: true, task.Source);

    private Branch Prompt(SceneRandom random)
    {
        switch (random.Weighted(TextWeights))
        {
            case 0:
                var prompt = _grammar.T2i(random).Prompt;
                return new Branch(random.Chance(ChatShare) ? writer.Chat(prompt, 0, ChatTask.PictureToken) : writer.Drawing(prompt), IsPrompt: true, null);
            case 1:
                return new Branch(writer.Drawing(_grammar.Edit(random).Instruction), IsPrompt: true, null);
            case 2:
                return new Branch(writer.Drawing(_grammar.InContext(random).Instruction), IsPrompt: true, null);
            default:
                var talk = Grammar.SmallTalk(random);
                return new Branch(writer.Chat(talk.Message, 0, talk.Answer), IsPrompt: false, null);
        }
    }
}
