namespace OmniGen2.Training.Shapes;

/// <summary>Chat: any wish for a picture, and a little small talk.</summary>
internal static class ChatGrammar
{
    private const double SmallTalkShare = .1;

    // Drawing, edit, composition.
    private static readonly double[] WishWeights = [.5, .3, .2];

    private static readonly (string Message, string Answer)[] SmallTalk =
    [
        ("Hello!", "Hello! What shall I draw?"),
        ("Hi.", "Hi! What shall I draw?"),
        ("Good morning.", "Good morning! What shall I draw?"),
        ("Who are you?", "I am a small model that draws, edits and reads pictures of shapes."),
        ("What can you do?", "I can draw shapes, change a picture, combine pictures and answer questions about them."),
        ("Help", "Try: draw a red star in the center on a blue background."),
        ("Which shapes do you know?", "Circle, square, triangle, star, heart, hexagon, ring and cross."),
        ("Which colors do you know?", "Red, orange, yellow, green, blue, purple, pink, brown, white and cyan."),
        ("Which backgrounds do you know?", "Eight plain colors, a meadow, a night sky, a sunset and the sea."),
        ("How are you?", "I am fine. What shall I draw?"),
        ("Thank you.", "You are welcome!"),
        ("Thanks!", "You are welcome!"),
        ("Goodbye.", "Goodbye!"),
    ];

    public static ChatTask Sample(SceneRandom random, Grammar grammar)
    {
        if (random.Chance(SmallTalkShare))
        {
            return Talk(random);
        }

        switch (random.Weighted(WishWeights))
        {
            case 0:
                var drawing = grammar.T2i(random);
                return new ChatTask(drawing.Prompt, [], ChatTask.PictureToken, drawing.Scene);
            case 1:
                var edit = grammar.Edit(random);
                return new ChatTask(edit.Instruction, [edit.Source], ChatTask.PictureToken, edit.Target);
            default:
                var composition = grammar.InContext(random);
                return new ChatTask(composition.Instruction, composition.References, ChatTask.PictureToken, composition.Target);
        }
    }

    public static ChatTask Talk(SceneRandom random)
    {
        var (message, answer) = random.Pick(SmallTalk);
        return new ChatTask(message, [], answer, null);
    }
}
