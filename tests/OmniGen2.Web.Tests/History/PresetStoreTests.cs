using OmniGen2.Web.History;

namespace OmniGen2.Web.Tests.History;

public sealed class PresetStoreTests
{
    [Fact]
    public async Task A_preset_is_saved_replaced_renamed_deleted_and_restored()
    {
        await using var studio = await TestStudio.Start(new FakePipeline());
        var store = studio.Service<PresetStore>();
        var (row, before) = await store.Save(PresetKind.Settings, " large ", "1", owner: null, default);
        Assert.Null(before);
        Assert.Equal("1", (await store.Save(PresetKind.Settings, "large", "2", owner: null, default)).Before);
        await store.Save(PresetKind.Style, "large", "words", owner: null, default);

        await store.Rename(row.Id, "larger", default);
        Assert.Equal(["large", "larger"], (await store.List(owner: null, default)).Select(x => x.Name));

        var kept = (await store.List(owner: null, default)).Single(x => x.Id == row.Id);
        await store.Delete(row.Id, default);
        Assert.Single(await store.List(owner: null, default));
        await store.Restore(kept, default);
        Assert.Equal("2", (await store.List(owner: null, default)).Single(x => x.Id == row.Id).Content);
    }

    [Fact]
    public async Task A_name_that_is_none_or_taken_is_refused_with_a_sentence()
    {
        await using var studio = await TestStudio.Start(new FakePipeline());
        var store = studio.Service<PresetStore>();
        var (row, _) = await store.Save(PresetKind.Style, "one", "words", owner: null, default);
        await store.Save(PresetKind.Style, "two", "words", owner: null, default);
        Assert.Contains("needs a name", (await Assert.ThrowsAsync<ModelException>(() => store.Rename(row.Id, " ", default))).Message);
        Assert.Contains("“two” already", (await Assert.ThrowsAsync<ModelException>(() => store.Rename(row.Id, "two", default))).Message);

        await store.Delete(row.Id, default);
        await store.Save(PresetKind.Style, "one", "others", owner: null, default);
        Assert.Contains("again already", (await Assert.ThrowsAsync<ModelException>(() => store.Restore(row, default))).Message);
    }
}
