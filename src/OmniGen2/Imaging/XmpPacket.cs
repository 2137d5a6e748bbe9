using System.Security;
using System.Xml;

namespace OmniGen2.Imaging;

/// <summary>Marks a picture as made by a model, in the terms of IPTC's digital source types.</summary>
public static class XmpPacket
{
    /// <summary>The PNG keyword under which readers look for XMP.</summary>
    public const string Keyword = "XML:com.adobe.xmp";

    private const string SourceTypes = "http://cv.iptc.org/newscodes/digitalsourcetype/";

    /// <param name="fromPictures">True when pictures went in: an edit or a composition, else pure text to image.</param>
    /// <param name="software">Becomes xmp:CreatorTool.</param>
    /// <param name="description">Becomes dc:description: how it was made, for people and readers of other programs.</param>
    public static string Create(bool fromPictures, string software, string? description = null)
    {
        var sourceType = SourceTypes + (fromPictures ? "compositeWithTrainedAlgorithmicMedia" : "trainedAlgorithmicMedia");
        return $"""
            <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/">
              <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
                <rdf:Description rdf:about=""
                    xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
                    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
                    xmlns:dc="http://purl.org/dc/elements/1.1/"
                    Iptc4xmpExt:DigitalSourceType="{sourceType}"
                    xmp:CreatorTool="{Escape(software)}">{Description(description)}</rdf:Description>
              </rdf:RDF>
            </x:xmpmeta>
            <?xpacket end="w"?>
            """;
    }

    private static string Description(string? text) =>
        text is null ? "" : $"""<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{Escape(text)}</rdf:li></rdf:Alt></dc:description>""";

    // XML has no way at all to write most control characters, and a prompt may hold them.
    private static string? Escape(string text) => SecurityElement.Escape(new string([.. text.Where(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c))]));
}
