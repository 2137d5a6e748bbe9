using System.Security;

namespace OmniGen2.Imaging;

/// <summary>Marks a picture as made by a model, in the terms of IPTC's digital source types.</summary>
public static class XmpPacket
{
    /// <summary>The PNG keyword under which readers look for XMP.</summary>
    public const string Keyword = "XML:com.adobe.xmp";

    private const string SourceTypes = "http://cv.iptc.org/newscodes/digitalsourcetype/";

    /// <param name="fromPictures">True when pictures went in: an edit or a composition, else pure text to image.</param>
    /// <param name="software">Becomes xmp:CreatorTool.</param>
    public static string Create(bool fromPictures, string software)
    {
        var sourceType = SourceTypes + (fromPictures ? "compositeWithTrainedAlgorithmicMedia" : "trainedAlgorithmicMedia");
        return $"""
            <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/">
              <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
                <rdf:Description rdf:about=""
                    xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
                    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
                    Iptc4xmpExt:DigitalSourceType="{sourceType}"
                    xmp:CreatorTool="{SecurityElement.Escape(software)}"/>
              </rdf:RDF>
            </x:xmpmeta>
            <?xpacket end="w"?>
            """;
    }
}
