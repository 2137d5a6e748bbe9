using System.Buffers.Binary;
using OmniGen2.Weights;
using static OmniGen2.Tests.Weights.SafetensorsCraft;

namespace OmniGen2.Tests.Weights;

public sealed class SafetensorsHeaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Header_of_a_recorded_file_lists_every_tensor_in_order_of_its_data()
    {
        var header = SafetensorsHeader.Read(GoldenFile.Path("lora/case2_one_ref_lora.safetensors"));
        Assert.Equal(10, header.Entries.Count);
        Assert.Equal("pt", header.Metadata["format"]);
        var latent = header.Entries[0];
        Assert.Equal(("input.s0.latent", "F32", 8L + 888, 6144L), (latent.Name, latent.DType, latent.Offset, latent.Length));
        Assert.Equal([16, 8, 12], latent.Shape);
    }

    [Fact]
    public void Every_checkpoint_in_the_repository_passes_the_checks()
    {
        foreach (var path in Directory.GetFiles(GoldenFile.RepositoryRoot + "/models", "*.safetensors", SearchOption.AllDirectories))
        {
            Assert.NotEmpty(SafetensorsHeader.Read(path).Entries);
        }
    }

    [Fact]
    public void Empty_tensors_and_scalars_are_allowed()
    {
        var header = Read(File($"{{{Entry("empty", "F32", [0, 4], 0, 0)},{Entry("scalar", "BF16", [], 0, 2)}}}", 2));
        Assert.Equal(["empty", "scalar"], header.Entries.Select(e => e.Name));
    }

    [Fact]
    public void Missing_file_is_named()
    {
        var fault = Assert.Throws<WeightsException>(() => SafetensorsHeader.Read(_folder.File("none.safetensors")));
        Assert.Contains("none.safetensors", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void File_shorter_than_its_length_field_is_truncated(int bytes) => Refused(new byte[bytes], "truncated");

    [Fact]
    public void Header_longer_than_the_file_is_truncated_with_both_numbers()
    {
        var file = File("{}", 0);
        BinaryPrimitives.WriteInt64LittleEndian(file, 5000);
        Refused(file, "5000 bytes", "10 bytes in all", "truncated");
    }

    [Theory]
    [InlineData(100_000_001ul)]
    [InlineData(ulong.MaxValue)]
    public void Header_beyond_the_limit_is_refused_before_it_is_read(ulong length)
    {
        var file = File("{}", 0);
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        Refused(file, $"{length}", "100000000");
    }

    [Fact]
    public void Truncated_data_names_the_tensor_and_both_numbers() =>
        Refused(File($"{{{Entry("a", "F32", [4], 0, 16)}}}", 12), "'a'", "16", "12", "truncated");

    [Fact]
    public void Bytes_behind_the_last_tensor_are_refused() =>
        Refused(File($"{{{Entry("a", "F32", [2], 0, 8)}}}", 20), "'a'", "last tensor");

    [Fact]
    public void Overlapping_tensors_are_refused() =>
        Refused(File($"{{{Entry("a", "F32", [2], 0, 8)},{Entry("b", "F32", [2], 4, 12)}}}", 12), "'b'", "overlaps 'a'", "byte 4", "byte 8");

    [Fact]
    public void Two_tensors_over_the_same_bytes_are_refused() =>
        Refused(File($"{{{Entry("a", "F32", [2], 0, 8)},{Entry("b", "F32", [2], 0, 8)}}}", 8), "overlaps");

    [Fact]
    public void Hole_between_tensors_is_refused() =>
        Refused(File($"{{{Entry("a", "F32", [2], 0, 8)},{Entry("b", "F32", [2], 12, 20)}}}", 20), "'b'", "hole", "byte 12", "byte 8");

    [Fact]
    public void Hole_before_the_first_tensor_is_refused() =>
        Refused(File($"{{{Entry("a", "F32", [2], 4, 12)}}}", 12), "'a'", "hole");

    [Fact]
    public void Byte_range_that_does_not_fit_the_shape_names_both_numbers() =>
        Refused(File($"{{{Entry("a", "BF16", [3, 5], 0, 32)}}}", 32), "'a'", "32 bytes", "BF16 [3, 5] takes 30");

    [Theory]
    [InlineData("F8_E4M3")]
    [InlineData("float32")]
    [InlineData("")]
    public void Unknown_element_type_is_named(string dtype) =>
        Refused(File($"{{{Entry("a", dtype, [4], 0, 4)}}}", 4), "'a'", $"'{dtype}'", "BF16");

    [Fact]
    public void Tensor_listed_twice_is_named() =>
        Refused(File($"{{{Entry("a", "F32", [1], 0, 4)},{Entry("a", "F32", [1], 4, 8)}}}", 8), "'a' twice");

    [Fact]
    public void Header_that_is_not_utf8_is_refused() =>
        Refused(File([.. "{\""u8, 0xFF, 0xFE, .. "\":1}"u8], []), "UTF-8");

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"a\":}")]
    [InlineData("{}x")]
    [InlineData("[[[[[[[[[[[[1]]]]]]]]]]]]")]
    public void Header_that_is_not_json_is_refused(string header) => Refused(File(header, 0), "not JSON");

    [Theory]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("null")]
    public void Header_that_is_not_an_object_is_refused(string header) => Refused(File(header, 0), "instead of an object");

    [Theory]
    [InlineData("{\"a\":3}")]
    [InlineData("{\"a\":{}}")]
    [InlineData("{\"a\":{\"dtype\":1,\"shape\":[],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4],\"extra\":1}}")]
    public void Tensor_that_is_described_otherwise_is_refused(string header) => Refused(File(header, 4), "'a'", "dtype, shape and two data_offsets");

    [Theory]
    [InlineData("-1", "0,4")]
    [InlineData("1.5", "0,4")]
    [InlineData("99999999999999999999", "0,4")]
    [InlineData("\"4\"", "0,4")]
    [InlineData("1", "-4,0")]
    public void Number_that_is_not_a_count_is_refused(string dimension, string offsets) =>
        Refused(File($$$"""{"a":{"dtype":"F32","shape":[{{{dimension}}}],"data_offsets":[{{{offsets}}}]}}""", 4), "'a'", "whole number");

    [Fact]
    public void Shape_whose_size_overflows_is_refused() =>
        Refused(File($"{{{Entry("a", "F32", [long.MaxValue, 16], 0, 4)}}}", 4), "'a'", "more bytes than can be counted");

    [Fact]
    public void Offsets_that_run_backwards_are_refused() =>
        Refused(File($"{{{Entry("a", "F32", [1], 8, 4)}}}", 8), "'a'", "-4 bytes");

    [Fact]
    public void Shape_with_very_many_dimensions_is_refused() =>
        Refused(File($"{{{Entry("a", "U8", [.. Enumerable.Repeat(1L, 17)], 0, 1)}}}", 1), "'a'", "17 dimensions", "16");

    [Theory]
    [InlineData("{\"__metadata__\":[]}")]
    [InlineData("{\"__metadata__\":{\"format\":3}}")]
    public void Metadata_that_is_not_strings_is_refused(string header) => Refused(File(header, 0), "metadata");

    private SafetensorsHeader Read(byte[] file) => SafetensorsHeader.Read(_folder.Write("bad.safetensors", file));

    private void Refused(byte[] file, params string[] parts)
    {
        var fault = Assert.Throws<WeightsException>(() => Read(file));
        Assert.All(parts.Append("bad.safetensors").Append("download it again"), part => Assert.Contains(part, fault.Message, StringComparison.Ordinal));
    }
}
