using System.Net;
using OmniGen2.Web.Api.OpenAi;
using OmniGen2.Web.Options;
using static OmniGen2.Web.Tests.Api.OpenAi.Calling;

namespace OmniGen2.Web.Tests.Api.OpenAi;

public sealed class RemotePictureTests
{
    private static readonly ApiOptions Allowing = new() { AllowRemotePictures = true };

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.15.0.1", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:db8::1", false)]
    public void Only_addresses_of_the_public_internet_are_public(string address, bool expected) =>
        Assert.Equal(expected, PublicAddress.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://127.0.0.1:7860/x.png")]
    [InlineData("http://localhost/x.png")]
    [InlineData("http://[::1]/x.png")]
    [InlineData("http://[::ffff:10.0.0.1]/x.png")]
    [InlineData("http://2130706433/x.png")]
    [InlineData("http://0x7f.1/x.png")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    public async Task Private_addresses_are_refused_even_where_fetching_is_allowed(string address)
    {
        using var remote = new RemotePictures(Microsoft.Extensions.Options.Options.Create(Allowing), PublicAddress.IsPublic, Dns.GetHostAddressesAsync);
        var refusal = await Assert.ThrowsAnyAsync<ModelException>(() => remote.Fetch(address, "images", default));
        Assert.Contains("private network", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://example.com/x.png", "Api:AllowRemotePictures")]
    [InlineData("file:///etc/passwd", "data URL")]
    [InlineData("ftp://example.com/x.png", "data URL")]
    [InlineData("x.png", "data URL")]
    [InlineData("data:image/png,x", "Base64")]
    [InlineData("data:image/png;base64,%%%", "Base64")]
    public async Task Address_is_refused_unless_it_is_a_data_url(string address, string expected)
    {
        await using var studio = new WebStudio(new FakePipeline());
        var answer = await studio.Call("/v1/images/edits", new { prompt = "x", images = new[] { new { image_url = address } } });
        Assert.Equal((HttpStatusCode.BadRequest, "images", "invalid_image_url"), (answer.Status, answer.ErrorText("param"), answer.ErrorText("code")));
        Assert.Contains(expected, answer.ErrorText("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Allowed_address_is_fetched_and_one_that_has_nothing_is_named()
    {
        await using var studio = new WebStudio(new FakePipeline());
        studio.UseKestrel(0);
        studio.StartServer();
        var picture = await studio.Images.AddUpload(Picture());
        using var remote = new RemotePictures(Microsoft.Extensions.Options.Options.Create(Allowing), _ => true, Dns.GetHostAddressesAsync);
        Assert.Equal(Picture(), await remote.Fetch(new Uri(studio.Address, Links.Picture(picture.Id)).ToString(), "images", default));
        var missing = await Assert.ThrowsAnyAsync<ModelException>(() => remote.Fetch(new Uri(studio.Address, "/images/none.png").ToString(), "images", default));
        Assert.Contains("answers with 404", missing.Message, StringComparison.Ordinal);
    }
}
