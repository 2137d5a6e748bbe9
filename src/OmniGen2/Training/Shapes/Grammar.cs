namespace OmniGen2.Training.Shapes;

/// <summary>
/// The tasks of the shapes world, each with its words and its scenes. Holds no state but its options: one grammar serves all threads,
/// each with a <see cref="SceneRandom"/> of its own.
/// </summary>
public sealed class Grammar
{
    private readonly EditGrammar _edits;
    private readonly ComposeGrammar _compositions;
    private readonly QuestionGrammar _questions;
    private readonly JudgeGrammar _judgements;

    public Grammar(WorldOptions options)
    {
        Scenes = new SceneSampler(options);
        _edits = new EditGrammar(Scenes);
        _compositions = new ComposeGrammar(Scenes);
        _questions = new QuestionGrammar(Scenes);
        _judgements = new JudgeGrammar(Scenes);
    }

    public SceneSampler Scenes { get; }

    /// <summary>The edits that the options allow; a world of one object has none that adds another.</summary>
    public IReadOnlyList<EditKind> EditKinds => _edits.Possible;

    public T2iTask T2i(SceneRandom random) => T2i(random, Scenes.Scene(random));

    /// <summary>A prompt for a scene of so many objects: evaluation takes equal numbers of each.</summary>
    public T2iTask T2i(SceneRandom random, int objects) => T2i(random, Scenes.Scene(random, objects));

    /// <summary>A prompt for this very scene, whose objects may then stand elsewhere, see <see cref="WorldOptions.Arranged"/>.</summary>
    public T2iTask T2i(SceneRandom random, Scene scene)
    {
        var task = T2iGrammar.Describe(random, scene, out var order);
        return Scenes.Options.Arranged && !task.NamesPositions ? task with { Scene = Arrangement.Of(task, order) } : task;
    }

    public EditTask Edit(SceneRandom random) => _edits.Sample(random);

    public EditTask Edit(SceneRandom random, EditKind kind) => _edits.Sample(random, kind);

    /// <summary>An edit of this very scene.</summary>
    public EditTask Edit(SceneRandom random, Scene source) => _edits.Sample(random, source);

    public ComposeTask InContext(SceneRandom random) => _compositions.Sample(random);

    public ComposeTask InContext(SceneRandom random, ComposeKind kind) => _compositions.Sample(random, kind);

    public QuestionTask Question(SceneRandom random) => _questions.Sample(random);

    public QuestionTask Question(SceneRandom random, QuestionKind kind) => _questions.Sample(random, kind);

    /// <summary>A question about this very scene, of a kind that <see cref="CanAsk"/> allows.</summary>
    public static QuestionTask Question(SceneRandom random, QuestionKind kind, Scene scene) => QuestionGrammar.About(random, kind, scene);

    /// <summary>Whether a question of this kind has one right answer for the scene.</summary>
    public static bool CanAsk(QuestionKind kind, Scene scene) => QuestionGrammar.CanAsk(kind, scene);

    public JudgeTask Judge(SceneRandom random) => _judgements.Sample(random);

    public JudgeTask Judge(SceneRandom random, JudgeFault fault) => _judgements.Sample(random, fault);

    /// <summary>A judgement of a picture of this very scene, whose objects must have names of their own.</summary>
    public JudgeTask Judge(SceneRandom random, Scene shown) => _judgements.Sample(random, shown);

    public ChatTask Chat(SceneRandom random) => ChatGrammar.Sample(random, this);

    /// <summary>A greeting, thanks, a question about the assistant.</summary>
    public static ChatTask SmallTalk(SceneRandom random) => ChatGrammar.Talk(random);
}
