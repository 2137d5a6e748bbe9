using OmniGen2.Training.Shapes;

namespace OmniGen2.Training.Language;

/// <summary>Draws trees by the shares of a stage. Holds no state: one serves all threads.</summary>
internal sealed class TreeSampler(ConversationWriter writer, WorldOptions world, TreeShares trees, QuestionShares questions, double threadShare, int length)
{
    private const int JudgeKind = (int)QuestionKind.Relation + 1;
    private const int EditKind = JudgeKind + 1;

    // Of the prompts without a picture: drawings, edits, compositions, small talk.
    private static readonly double[] TextWeights = [.6, .2, .14, .06];

    // Turns before the last.
    private const int MostEarlier = 2;

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
        return kinds.Sum() > 0
            ? Fill([scene], first, () => Ask(random, random.Weighted(kinds), scene, Earlier(random, () => Question(random, scene))))
            : new ConversationTree([scene], [first]);
    }

    private static (string Message, string Answer) Question(SceneRandom random, Scene scene)
    {
        var kinds = Enum.GetValues<QuestionKind>().Where(kind => Grammar.CanAsk(kind, scene)).ToList();
        var task = Grammar.Question(random, random.Pick(kinds), scene);
        return (task.Question, task.Answer);
    }

    private (string Message, string Answer)[] Earlier(SceneRandom random, Func<(string Message, string Answer)> turn) =>
        random.Chance(threadShare) ? [.. Enumerable.Range(0, random.Between(1, MostEarlier)).Select(_ => turn())] : [];

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

    private Branch Ask(SceneRandom random, int kind, Scene scene, (string Message, string Answer)[] earlier) => kind switch
    {
        JudgeKind => Of(_grammar.Judge(random, scene), earlier),
        EditKind => Of(_grammar.Edit(random, scene), earlier),
        _ => Of(Grammar.Question(random, (QuestionKind)kind, scene), earlier),
    };

    private Branch Of(QuestionTask task, params (string, string)[] earlier) => new(writer.Chat(task.Question, 1, task.Answer, earlier), IsPrompt: false, task.Scene)
    {
        IsTrue = task.Kind is QuestionKind.YesNo or QuestionKind.Relation ? task.Answer == QuestionTask.Yes : null,
    };

    private Branch Of(JudgeTask task, params (string, string)[] earlier) => new(writer.Chat(task.Question, 1, task.Answer, earlier), IsPrompt: false, task.Shown)
    {
        IsTrue = task.Fault == JudgeFault.None,
        IsRequest = true,
    };

    private Branch Of(EditTask task, params (string, string)[] earlier) =>
        new(writer.Chat(task.Instruction, 1, ChatTask.PictureToken, earlier), IsPrompt: true, task.Source);

    private Branch Prompt(SceneRandom random)
    {
        switch (random.Weighted(TextWeights))
        {
            case 0:
                var prompt = _grammar.T2i(random).Prompt;
                return new Branch(random.Chance(ChatShare) ? Wish(random, prompt) : writer.Drawing(prompt), IsPrompt: true, null);
            case 1:
                return new Branch(writer.Drawing(_grammar.Edit(random).Instruction), IsPrompt: true, null);
            case 2:
                return new Branch(writer.Drawing(_grammar.InContext(random).Instruction), IsPrompt: true, null);
            default:
                var (message, answer) = Talk(random);
                return new Branch(writer.Chat(message, 0, answer, Earlier(random, () => Before(random))), IsPrompt: false, null);
        }
    }

    private Conversation Wish(SceneRandom random, string prompt) =>
        writer.Chat(prompt, 0, ChatTask.PictureToken, Earlier(random, () => Before(random)));

    // A picture that was drawn leaves no words in the thread.
    private (string Message, string Answer) Before(SceneRandom random) => random.Chance(.5) ? Talk(random) : (_grammar.T2i(random).Prompt, "");

    private static (string Message, string Answer) Talk(SceneRandom random)
    {
        var talk = Grammar.SmallTalk(random);
        return (talk.Message, talk.Answer);
    }
}
