/* What the file says of itself: XMP (ISO 16684-1) with the marks of PDF/A-3a
 * (ISO 19005-3) and PDF/UA-1 (ISO 14289-1), the same in the dictionary of
 * document information, and the colour space of the output.
 */
#include "render/pdf_state.h"
#include "render/pdf_write.h"

static char *date_as(int64_t epoch, const char *format)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(epoch);
    return time != NULL ? g_date_time_format(time, format) : NULL;
}

char *lkv_pdf_date(int64_t epoch)
{
    return date_as(epoch, "D:%Y%m%d%H%M%S+00'00'");
}

static char *producer(void)
{
    return g_strdup_printf("Haru Free PDF Library %s", lkv_pdf_store_version());
}

/* TEXT between BEFORE and AFTER, escaped; nothing if it is NULL. */
static void put_xml(GString *out, const char *before, const char *text,
                    const char *after)
{
    if (text != NULL) {
        g_autofree char *escaped = g_markup_escape_text(text, -1);
        g_string_append_printf(out, "%s%s%s\n", before, escaped, after);
    }
}

static void put_properties(const lkv_pdf *pdf, GString *out)
{
    g_autofree char *date = date_as(pdf->epoch, "%Y-%m-%dT%H:%M:%S+00:00");
    g_autofree char *made_by = producer();
    static const char first[] = "<rdf:Alt><rdf:li xml:lang=\"x-default\">";
    static const char last[] = "</rdf:li></rdf:Alt>";
    g_autofree char *title = g_strconcat("<dc:title>", first, NULL);
    g_autofree char *title_end = g_strconcat(last, "</dc:title>", NULL);
    g_autofree char *about = g_strconcat("<dc:description>", first, NULL);
    g_autofree char *about_end = g_strconcat(last, "</dc:description>", NULL);
    put_xml(out, title, pdf->title, title_end);
    put_xml(out, about, pdf->subject, about_end);
    put_xml(out, "<dc:creator><rdf:Seq><rdf:li>", pdf->author,
            "</rdf:li></rdf:Seq></dc:creator>");
    put_xml(out, "<dc:language><rdf:Bag><rdf:li>", pdf->language,
            "</rdf:li></rdf:Bag></dc:language>");
    put_xml(out, "<xmp:CreatorTool>", pdf->creator, "</xmp:CreatorTool>");
    put_xml(out, "<xmp:CreateDate>", date, "</xmp:CreateDate>");
    put_xml(out, "<xmp:ModifyDate>", date, "</xmp:ModifyDate>");
    put_xml(out, "<xmp:MetadataDate>", date, "</xmp:MetadataDate>");
    put_xml(out, "<pdf:Producer>", made_by, "</pdf:Producer>");
}

static unsigned add_xmp(const lkv_pdf *pdf, lkv_pdf_store *store)
{
    /* PDF/A knows no property of PDF/UA, so it is declared; in a description of
     * its own and first, since readers need it to understand the next.
     */
    static const char head[] =
        "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
        "<rdf:Description rdf:about=\"\"\n"
        " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n"
        " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"\n"
        " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
        "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
        "<pdfaSchema:schema>PDF/UA Universal Accessibility Schema"
        "</pdfaSchema:schema>\n"
        "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/"
        "</pdfaSchema:namespaceURI>\n"
        "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
        "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
        "<pdfaProperty:name>part</pdfaProperty:name>\n"
        "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
        "<pdfaProperty:category>internal</pdfaProperty:category>\n"
        "<pdfaProperty:description>Part of ISO 14289 that the file conforms "
        "to</pdfaProperty:description>\n"
        "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
        "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n"
        "</rdf:Description>\n"
        "<rdf:Description rdf:about=\"\"\n"
        " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
        " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
        " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
        " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"\n"
        " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
        "<dc:format>application/pdf</dc:format>\n";
    static const char tail[] = "<pdfaid:part>3</pdfaid:part>\n"
                               "<pdfaid:conformance>A</pdfaid:conformance>\n"
                               "<pdfuaid:part>1</pdfuaid:part>\n"
                               "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
                               "<?xpacket end=\"r\"?>\n";
    g_autoptr(GString) xmp = g_string_new(head);
    put_properties(pdf, xmp);
    g_string_append(xmp, tail);
    lkv_pdf_object *object = lkv_pdf_stream_plain(store, xmp->str, xmp->len);
    g_string_append(object->body, "/Type/Metadata/Subtype/XML");
    return object->number;
}

static void fill_information(const lkv_pdf *pdf, lkv_pdf_store *store)
{
    GString *body = lkv_pdf_store_information(store)->body;
    g_autofree char *date = lkv_pdf_date(pdf->epoch);
    g_autofree char *made_by = producer();
    lkv_pdf_put_entry(body, "Title", pdf->title);
    lkv_pdf_put_entry(body, "Subject", pdf->subject);
    lkv_pdf_put_entry(body, "Author", pdf->author);
    lkv_pdf_put_entry(body, "Creator", pdf->creator);
    lkv_pdf_put_entry(body, "Producer", made_by);
    g_string_append_printf(body, "/CreationDate(%s)/ModDate(%s)", date, date);
}

static unsigned add_intent(const lkv_pdf *pdf, lkv_pdf_store *store)
{
    lkv_pdf_object *profile =
        lkv_pdf_stream_packed(store, lkv_fonts_profile(pdf->fonts));
    g_string_append(profile->body, "/N 3");
    lkv_pdf_object *intent = lkv_pdf_object_new(store);
    g_string_append(intent->body, "/Type/OutputIntent/S/GTS_PDFA1"
                                  "/OutputConditionIdentifier(sRGB)/Info(sRGB)"
                                  "/DestOutputProfile");
    lkv_pdf_put_reference(intent->body, profile->number);
    return intent->number;
}

void lkv_pdf_add_meta(lkv_pdf *pdf, lkv_pdf_store *store, GString *catalogue)
{
    g_string_append(catalogue, "/Lang");
    lkv_pdf_put_ascii(catalogue, pdf->language);
    g_string_append(catalogue, "/MarkInfo<</Marked true>>"
                               "/ViewerPreferences<</DisplayDocTitle true>>"
                               "/Metadata");
    lkv_pdf_put_reference(catalogue, add_xmp(pdf, store));
    g_string_append(catalogue, "/OutputIntents[");
    lkv_pdf_put_reference(catalogue, add_intent(pdf, store));
    g_string_append_c(catalogue, ']');
    fill_information(pdf, store);
}
