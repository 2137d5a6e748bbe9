using System.Net;
using System.Text;
using OmniGen2.Cli.Shell;
using OmniGen2.Imaging;
using OmniGen2.Training;
using static System.FormattableString;

namespace OmniGen2.Cli.Evaluation;

/// <summary>Contact sheets as pages that hold their pictures: a file each.</summary>
internal sealed class SheetFolder
{
    private const string Style =
        "body{margin:24px;font:13px/1.35 system-ui,sans-serif;background:#fff;color:#222;display:flex;flex-wrap:wrap;gap:16px}"
        + "figure{margin:0;width:min-content}figure div{display:flex;gap:2px}img{width:128px;height:128px;display:block}figcaption{margin-top:4px}";

    private readonly string _folder;

    private SheetFolder(string folder)
    {
        _folder = folder;
    }

    public static SheetFolder Create(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--sheets is '{folder}', which cannot be made: {e.Message}");
        }

        return new SheetFolder(folder);
    }

    public void Write(ContactSheet sheet)
    {
        var page = new StringBuilder($"<!doctype html><meta charset=\"utf-8\"><title>{sheet.Name}</title><style>{Style}</style>\n");
        foreach (var row in sheet.Rows)
        {
            page.Append("<figure><div>");
            foreach (var picture in row.Pictures)
            {
                page.Append(Invariant($"<img alt=\"\" src=\"data:image/png;base64,{Convert.ToBase64String(ImageFile.EncodePng(picture))}\">"));
            }

            page.Append(Invariant($"</div><figcaption>{WebUtility.HtmlEncode(row.Caption)}</figcaption></figure>\n"));
        }

        WholeFile.Write(Path.Combine(_folder, $"{sheet.Name}.html"), Encoding.UTF8.GetBytes(page.ToString()));
    }
}
