using OmniGen2.Web.History;

namespace OmniGen2.Web.Tests.History.Search;

/// <summary>Every key of the search, over one small history.</summary>
public sealed class PictureSearchTests(SmallHistory history) : IClassFixture<SmallHistory>
{
    private PictureSearch Search => history.Search;

    [Theory]
    [InlineData("", "circle café stars 狐狸")]
    [InlineData("red", "circle stars")]
    [InlineData("RED circles", "circle")]
    [InlineData("red -blue", "circle")]
    [InlineData("-red", "café 狐狸")]
    [InlineData("\"red circle\"", "circle")]
    [InlineData("\"circle red\"", "")]
    [InlineData("-\"red circle\"", "café stars 狐狸")]
    [InlineData("cir*", "circle")]
    [InlineData("\"blue sta*\"", "stars")]
    [InlineData("cafe zurich", "café")]
    [InlineData("coffee", "café")]
    [InlineData("红色", "狐狸")]
    [InlineData("-狐狸", "circle café stars")]
    [InlineData("logo", "circle stars")]
    [InlineData("tag:logo", "circle")]
    [InlineData("tag:LOGO-draft", "stars")]
    [InlineData("tag:狐狸", "狐狸")]
    [InlineData("-tag:logo", "café stars 狐狸")]
    [InlineData("seed:42", "circle")]
    [InlineData("seed:4", "")]
    [InlineData("after:2026-06-12", "circle café")]
    [InlineData("after:2026-06", "circle café")]
    [InlineData("before:2026-06-14", "café stars 狐狸")]
    [InlineData("before:2026", "狐狸")]
    [InlineData("-after:2026", "狐狸")]
    [InlineData("after:2026-05-01 before:2026-06-01", "stars")]
    [InlineData("after:2027", "")]
    [InlineData("size:1024x768", "stars")]
    [InlineData("size:768x1024", "")]
    [InlineData("kind:edited", "stars")]
    [InlineData("-kind:edited", "circle café 狐狸")]
    [InlineData("kind:upload", "holiday")]
    [InlineData("model:omnigen2-7b", "狐狸")]
    [InlineData("model:mini", "circle café stars")]
    [InlineData("rating:4", "circle")]
    [InlineData("rating:>=4", "circle stars")]
    [InlineData("rating:>4", "stars")]
    [InlineData("rating:<4", "café 狐狸")]
    [InlineData("rating:4..5 red", "circle stars")]
    [InlineData("-rating:>0", "café 狐狸")]
    [InlineData("is:starred", "stars")]
    [InlineData("-is:starred red", "circle")]
    [InlineData("is:partial", "狐狸")]
    [InlineData("is:trashed", "triangle")]
    [InlineData("board:\"Autumn Campaign\"", "stars")]
    [InlineData("-board:\"autumn campaign\" red", "circle")]
    [InlineData("negative:blurry", "stars")]
    [InlineData("blurry", "")]
    [InlineData("red -blue tag:logo seed:42 after:2026-01-01 kind:created rating:>=4", "circle")]
    public void Search_finds(string text, string expected)
    {
        var query = Search.Parse(text);
        Assert.Empty(query.Faults);
        Assert.Equal(expected, Found(text));
    }

    [Theory]
    [InlineData("\" OR *", "")]
    [InlineData("\"\"\"", "circle café stars 狐狸")]
    [InlineData("red OR", "")]
    [InlineData("NOT", "")]
    [InlineData("NEAR(red circle)", "")]
    [InlineData("red*) OR (Prompt:*", "")]
    [InlineData("{Prompt}:red", "")]
    [InlineData("^red + circle", "circle")]
    [InlineData("red'; DROP TABLE Pictures; --", "")]
    [InlineData("tag:\"'; DROP TABLE Tags; --\"", "")]
    [InlineData("board:\"\\\" OR 1=1\"", "")]
    [InlineData("-", "circle café stars 狐狸")]
    [InlineData("--", "circle café stars 狐狸")]
    [InlineData("*", "circle café stars 狐狸")]
    [InlineData("made0", "")]
    [InlineData("trashed0 triangle", "")]
    [InlineData("red\0circle", "circle")]
    [InlineData("seed:9223372036854775807", "")]
    public void Hostile_text_is_words_or_nothing(string text, string expected) => Assert.Equal(expected, Found(text));

    [Fact]
    public void No_mixture_of_signs_is_an_error_of_the_index()
    {
        var random = new Random(5);
        const string Signs = "\"'*+-^:(){}[],;.\\/%_ \tANDORNOTar1\0é狐\ud83e\udd8a";
        for (var i = 0; i < 500; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => Signs[random.Next(Signs.Length)])]);
            Assert.InRange(Search.Find(text).Count, 0, 6);
        }
    }

    [Theory]
    [InlineData("size:big red", "size:big is left out: a size is width and height, as in size:1024x768.")]
    [InlineData("rating:9", "rating:9 is left out: a rating is from 0 to 5")]
    [InlineData("after:yesterday", "after:yesterday is left out: a date is a year, a month or a day, as in after:2026,")]
    [InlineData("before:", "before: is left out: a date is")]
    [InlineData("seed:x", "seed:x is left out: a seed is a whole number")]
    [InlineData("kind:odd", "kind:odd is left out: a kind is one of created, edited,")]
    [InlineData("is:red", "is:red is left out: there is is:starred, is:partial and is:trashed.")]
    [InlineData("tag:\"\"", "a tag is a word, as in tag:logo")]
    [InlineData("board:None", "There is no board “None”.")]
    [InlineData("colour:red", "There is no colour:, so it is looked for as words. There are tag:, board:,")]
    [InlineData("***", "“***” has no letters or digits, so it is left out.")]
    public void What_cannot_be_used_is_explained(string text, string sentence) =>
        Assert.Contains(sentence, Assert.Single(Search.Parse(text).Faults), StringComparison.Ordinal);

    [Fact]
    public void Unknown_key_is_looked_for_as_words() => Assert.Equal("café", Found("zurich:at"));

    [Fact]
    public void Terms_keep_their_text_and_can_be_taken_out()
    {
        var query = Search.Parse("red  -blue board:\"Autumn campaign\" \"two blue");
        Assert.Equal(["red", "-blue", "board:\"Autumn campaign\"", "\"two blue"], query.Terms.Select(x => x.Text));
        Assert.Equal("red board:\"Autumn campaign\" \"two blue", query.Without(query.Terms[1]).Text);
    }

    [Fact]
    public void Search_without_a_result_says_what_to_leave_out()
    {
        var loosenings = Search.Loosen(Search.Parse("red seed:42 after:2027"));
        Assert.Equal(("after:2027", 1), (Assert.Single(loosenings).Term.Text, loosenings[0].Count));
        Assert.Equal(("is:partial", 2), (Search.Loosen(Search.Parse("is:partial red"))[0].Term.Text, Search.Loosen(Search.Parse("is:partial red"))[0].Count));
    }

    [Theory]
    [InlineData(PictureOrder.Newest, "circle café stars 狐狸", "Jun,May,May 2025")]
    [InlineData(PictureOrder.Oldest, "狐狸 stars café circle", "May 2025,May,Jun")]
    [InlineData(PictureOrder.Rating, "stars circle café 狐狸", "5 stars,4 stars,Not rated")]
    public void Order_decides_places_and_sections(PictureOrder order, string expected, string labels)
    {
        var result = Search.Find("", order);
        Assert.Equal(labels, string.Join(',', result.Sections.Select(x => x.Label)));
        Assert.Equal(expected, Names(Search.Page(result, 0, 10)));
        Assert.Equal(expected, Names([.. Enumerable.Range(0, 4).Select(x => Assert.Single(Search.Page(result, x, 1)))]));
        Assert.Equal(Search.Page(result, 1, 2).Select(x => x.Id), Search.Ids(result, 1, 2));
        Assert.Empty(Search.Page(result, 4, 10));
    }

    private static string Names(IEnumerable<PictureRow> pictures)
    {
        string[] names = ["circle", "café", "stars", "狐狸", "triangle", "holiday"];
        return string.Join(' ', pictures.Select(x => names.Single(name => x.Prompt.Contains(name, StringComparison.Ordinal))));
    }

    private string Found(string text)
    {
        var result = Search.Find(text);
        var pictures = Search.Page(result, 0, 10);
        Assert.Equal(result.Count, pictures.Count);
        Assert.Equal(result.Count, Search.Count(result.Query));
        return Names(pictures);
    }
}
