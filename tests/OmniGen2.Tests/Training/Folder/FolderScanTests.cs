using OmniGen2.Training.Folder;

namespace OmniGen2.Tests.Training.Folder;

public sealed class FolderScanTests : IDisposable
{
    private static readonly ModelInfo Mini = new() { Name = "mini", MaxPixels = 256 * 256, MaxSize = 256 };

    private readonly PictureFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lines_and_arrays_give_samples_with_sizes_and_places()
    {
        _folder.Draw("a.png");
        _folder.Draw("sub/wide.png", 200, 130);
        _folder.List("one.jsonl", PictureFolder.Line("a star", "a.png"), "", PictureFolder.Line("make it wide", "sub/wide.png", "a.png"));
        _folder.List("sub/two.json", "[", PictureFolder.Line("a wide star", "wide.png"), ",", PictureFolder.Line("another", "../a.png"), "]");
        var samples = Scan(new FolderSettings { Files = [new FolderList { Path = "." }], MaxBad = 0 }).Single().Samples;
        Assert.Equal(["a star", "make it wide", "a wide star", "another"], samples.Select(s => s.Record.Instruction));
        Assert.Equal(["128x128", "128x128 + 192x128", "192x128", "128x128"], samples.Select(s => s.Bucket.ToString()));
        Assert.EndsWith("one.jsonl, line 3", samples[1].Record.Place);
        Assert.EndsWith("two.json, line 4", samples[3].Record.Place);
        Assert.Equal([0, 1, 2, 3], samples.Select(s => s.Number));
    }

    [Fact]
    public void Bad_lines_and_pictures_are_named_and_skipped()
    {
        _folder.Draw("a.png");
        _folder.List(
            "list.jsonl",
            PictureFolder.Line("a star", "a.png"),
            "garbage {",
            PictureFolder.Line("missing", "nowhere.png"),
            """{ "instruction": "no picture" }""",
            """{ "instruction": "", "output_image": "a.png" }""",
            """{ "instruction": "p", "input_images": "a.png", "output_image": "a.png" }""",
            "[1]",
            PictureFolder.Line("no picture at all", "list.jsonl"),
            PictureFolder.Line("six", "a.png", "a.png", "a.png", "a.png", "a.png", "a.png", "a.png"));
        Assert.Equal("a star", Scan(new FolderSettings { Files = [new FolderList { Path = "list.jsonl" }] }).Single().Samples.Single().Record.Instruction);
        var skipped = File.ReadAllLines(_folder.Skipped).OrderBy(line => line, StringComparer.Ordinal).ToList();
        string[] expected =
        [
            "line 2: no JSON ('g' is an invalid start of a value)",
            "line 3: the picture '",
            "line 4: output_image is missing or no text.",
            "line 5: instruction is missing or no text.",
            "line 6: input_images is not a list of paths.",
            "line 7: it is no object with instruction and output_image.",
            "line 8: '",
            "line 9: input_images has 6 pictures and the model knows 5.",
        ];
        Assert.Equal(expected.Length, skipped.Count);
        Assert.All(expected.Zip(skipped), pair => Assert.Contains($"list.jsonl, {pair.First}", pair.Second));
        Assert.Contains("is not a PNG, JPEG or WebP picture", skipped[6]);
    }

    [Fact]
    public void Too_many_bad_ones_end_it_with_the_first_of_them()
    {
        _folder.List("list.jsonl", [.. Enumerable.Range(0, 9).Select(i => $"bad {i}")]);
        var message = Assert.Throws<ModelException>(() => Scan(new FolderSettings { Files = [new FolderList { Path = "list.jsonl" }], MaxBad = 6 })).Message;
        Assert.Contains("7 samples cannot be used and data.max_bad allows 6", message);
        Assert.Contains("list.jsonl, line 1: no JSON", message);
        Assert.DoesNotContain("line 6", message);
    }

    [Fact]
    public void Broken_array_keeps_what_came_before()
    {
        _folder.Draw("a.png");
        _folder.List("list.json", "[", PictureFolder.Line("a star", "a.png"), ",", "oops", "]");
        Assert.Single(Scan(new FolderSettings { Files = [new FolderList { Path = "list.json" }] }).Single().Samples);
        Assert.Contains("list.json, line 4: no JSON ('o' is an invalid start of a value); the rest of the list is lost.", File.ReadAllText(_folder.Skipped));
    }

    [Theory]
    [InlineData(".", "has no list of samples")]
    [InlineData("nowhere", "is neither a file nor a folder")]
    [InlineData("a.png", "is no list of samples")]
    public void Folder_without_lists_is_a_sentence(string path, string sentence)
    {
        _folder.Draw("a.png");
        Assert.Contains(sentence, Assert.Throws<ModelException>(() => Scan(new FolderSettings { Files = [new FolderList { Path = path }] })).Message);
    }

    [Fact]
    public void Lists_without_a_usable_sample_are_a_sentence_with_the_reasons()
    {
        var settings = new FolderSettings { Files = [new FolderList { Path = "list.jsonl" }] };
        _folder.List("list.jsonl", "");
        Assert.Contains("have no sample that can be used: they are empty.", Assert.Throws<ModelException>(() => Scan(settings)).Message);
        _folder.List("list.jsonl", PictureFolder.Line("missing", "nowhere.png"));
        Assert.Contains("list.jsonl, line 1: the picture '", Assert.Throws<ModelException>(() => Scan(settings)).Message);
    }

    [Fact]
    public void References_shrink_with_their_number_as_in_the_original()
    {
        _folder.Draw("a.png", 256, 256);
        _folder.List("list.jsonl", PictureFolder.Line("one", "a.png", "a.png"), PictureFolder.Line("three", "a.png", "a.png", "a.png", "a.png"));
        var samples = Scan(new FolderSettings { Files = [new FolderList { Path = "list.jsonl" }] }).Single().Samples;
        Assert.Equal(["256x256 + 256x256", "192x192 + 192x192 + 192x192 + 256x256"], samples.Select(s => s.Bucket.ToString()));
    }

    [Theory]
    [InlineData("The image shows a star", "a star")]
    [InlineData("the image shows a star", null)]
    [InlineData("Draw: The image shows a star", null)]
    public void Stock_opening_of_a_prompt_can_be_left_out(string instruction, string? rest)
    {
        Assert.Equal(rest, new FolderRecord("", "t2i", instruction, [], "").WithoutOpening);
        Assert.Null(new FolderRecord("", "edit", instruction, ["a.png"], "").WithoutOpening);
    }

    private IReadOnlyList<(FolderList List, IReadOnlyList<FolderSample> Samples)> Scan(FolderSettings settings) =>
        new FolderScan(settings.SeenFrom(_folder.Path).For(Mini), new FaultLog(settings.MaxBad, _folder.Skipped)).Read();
}
