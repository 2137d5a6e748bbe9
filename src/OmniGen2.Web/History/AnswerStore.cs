using Microsoft.EntityFrameworkCore;

namespace OmniGen2.Web.History;

/// <summary>The messages that the model writes, safe on disk as they grow.</summary>
public sealed class AnswerStore(IDbContextFactory<HistoryDb> history)
{
    public MessageRow? Find(Guid message)
    {
        using var db = history.CreateDbContext();
        return db.Messages.AsNoTracking().FirstOrDefault(x => x.Id == message);
    }

    /// <summary>The whole text, in place of what stood there. A message that was deleted meanwhile stays deleted.</summary>
    public void Write(Guid message, string text) => Change(message, x => x.Text = text);

    /// <summary>The answer is a picture.</summary>
    public void Becomes(Guid message, Guid picture) => Change(message, x => (x.Text, x.PictureId) = ("", picture));

    public void Fail(Guid message, string sentence) => Change(message, x => x.Fault = sentence);

    private void Change(Guid message, Action<MessageRow> change)
    {
        using var db = history.CreateDbContext();
        if (db.Messages.FirstOrDefault(x => x.Id == message) is { } row)
        {
            change(row);
            db.SaveChanges();
        }
    }
}
