using OmniGen2.Web.History;

namespace OmniGen2.Web.Components.Tabs;

/// <summary>The pictures that go along with the next message.</summary>
public sealed partial class ChatTab
{
    private readonly List<PictureRow> _added = [];
    private Guid? _dragged;

    private void Add(PictureRow picture)
    {
        if (_added.All(p => p.Id != picture.Id))
        {
            _added.Add(picture);
        }
    }

    private void AddAgain(Guid picture)
    {
        if (_pictures.TryGetValue(picture, out var row))
        {
            Add(row);
        }
    }

    private static string Caption(PictureRow picture) =>
        picture.Kind == PictureKind.Upload ? $"Your upload · {picture.Width} × {picture.Height}" : $"“{picture.Prompt}”";

    private void Drag(Guid? picture) => _dragged = picture;

    /// <summary>A picture of this thread is let go over the message. Files that are dropped go their own way.</summary>
    private void Drop()
    {
        if (_dragged is { } picture)
        {
            AddAgain(picture);
        }

        _dragged = null;
    }
}
