using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Tests.Jobs;

public sealed class ConversationTests
{
    private static readonly Guid Given = Guid.NewGuid();
    private static readonly Guid Drawn = Guid.NewGuid();

    private static readonly IReadOnlyList<ThreadMessage> Thread =
    [
        Mine("What is this?", Given),
        Theirs("A star."),
        Mine("Put it into the night"),
        Theirs("", Drawn),
        Mine("Is it still red?"),
    ];

    [Fact]
    public void Pictures_are_numbered_through_whoever_brought_them() => Assert.Equal([Given, Drawn], Conversation.Pictures(Thread));

    [Fact]
    public void A_drawn_picture_is_shown_with_what_is_said_next()
    {
        var turns = Conversation.Turns(Thread);

        Assert.Equal([ChatRole.User, ChatRole.Assistant, ChatRole.User, ChatRole.Assistant, ChatRole.User], turns.Select(t => t.Role));
        Assert.Equal([Drawn], turns[^1].Pictures.Select(p => p.Picture));
        Assert.Empty(turns[2].Pictures);
    }

    [Fact]
    public void An_answer_that_is_being_written_or_failed_is_no_turn()
    {
        var failed = Theirs("half");
        failed.Row.Fault = "Out of memory.";

        Assert.Equal(["hello"], Conversation.Turns([Mine("hello"), failed, Theirs("")]).Select(t => t.Text));
    }

    [Fact]
    public void Words_choose_the_pictures_to_draw_from_else_those_shown_last()
    {
        Assert.Equal([Given], Conversation.References(Thread, new HashSet<int> { 1, 9 }).Select(r => r.Picture));
        Assert.Equal([Drawn], Conversation.References(Thread, new HashSet<int>()).Select(r => r.Picture));
        Assert.Empty(Conversation.References([Mine("draw a star")], new HashSet<int>()));
    }

    private static ThreadMessage Mine(string text, params Guid[] pictures) => new(Row(ChatRole.User, text), pictures);

    private static ThreadMessage Theirs(string text, Guid? picture = null)
    {
        var row = Row(ChatRole.Assistant, text);
        row.PictureId = picture;
        return new ThreadMessage(row, []);
    }

    private static MessageRow Row(ChatRole role, string text) =>
        new() { Id = Guid.NewGuid(), ThreadId = Guid.Empty, Place = 0, Role = role, Text = text, CreatedAt = default };
}
