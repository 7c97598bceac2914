"""Every word that a file of a run holds, for whoever looks for one there:
pairs of the place and the text. What can hold words and is not known here
raises ValueError, so that nothing is passed over.
"""
import html.parser
import re
import xml.etree.ElementTree as xml
import zipfile

import pikepdf

# Strings of a PDF that are no words: hashes.
BINARY = {"/CheckSum", "/ID"}
# Attributes of a web page that are read out or shown; others are names, links
# and places on the page.
SAID = {"alt", "title", "aria-label", "aria-description", "content", "lang",
        "placeholder", "summary", "value"}
KNOWN = {"class", "id", "href", "style", "role", "scope", "name", "charset",
         "http-equiv", "tabindex", "colspan", "rowspan", "aria-hidden",
         "aria-labelledby", "hreflang", "xmlns", "viewbox", "width", "height",
         "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "d", "dx",
         "dy", "points", "transform", "fill", "fill-opacity", "stroke",
         "stroke-width", "stroke-dasharray", "stroke-linecap",
         "stroke-linejoin", "opacity", "text-anchor", "font-size",
         "font-weight", "patternunits", "clip-path", "preserveaspectratio",
         "textlength", "lengthadjust"}


def unicode_of(font):
    """The text of each code of FONT, by its ToUnicode."""
    cmap = font.ToUnicode.read_bytes().decode("ascii")
    if "beginbfrange" in cmap:
        raise ValueError("a font maps ranges of codes")
    found = {}
    for part in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", part):
            found[bytes.fromhex(code)] = bytes.fromhex(text).decode("utf-16-be")
    return found


def shown(operands, font):
    """What an operator that shows text shows."""
    parts = operands[-1]
    codes = b"".join(bytes(part) for part in (
        parts if isinstance(parts, pikepdf.Array) else [parts])
        if isinstance(part, pikepdf.String))
    return "".join(font[codes[i:i + 2]] for i in range(0, len(codes), 2))


def drawn(page):
    """Every line of text that PAGE draws, and every word said beside it."""
    fonts = {name: unicode_of(font)
             for name, font in page.get("/Resources", {}).get(
                 "/Font", {}).items()}
    font, line = None, ""
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("Do", "BI", "INLINE IMAGE", "sh"):
            raise ValueError(f"a page draws by {name}")
        if name == "BDC":
            for _, text in strings_in(operands[1], "marked content"):
                yield text
        elif name == "BT":
            line = ""
        elif name == "Tf":
            font = fonts[str(operands[0])]
        elif name in ("Tj", "TJ", "'", '"'):
            line += shown(operands, font)
        elif name == "ET":
            yield line


def strings_in(value, place):
    """Strings of VALUE and what it holds itself, not of what it refers to."""
    if isinstance(value, pikepdf.String):
        yield place, str(value)
    elif isinstance(value, pikepdf.Array):
        for part in value:
            if not getattr(part, "is_indirect", False):
                yield from strings_in(part, place)
    elif isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
        for key, part in value.items():
            if key not in BINARY and not getattr(part, "is_indirect", False):
                yield from strings_in(part, f"{place} {key}")


def drawn_on(pdf):
    """Numbers of the streams that are pages, fonts and colours."""
    known = set()
    for page in pdf.pages:
        contents = page.Contents
        known |= {part.objgen for part in (
            contents if isinstance(contents, pikepdf.Array) else [contents])}
        for _, font in page.get("/Resources", {}).get("/Font", {}).items():
            known.add(font.ToUnicode.objgen)
            for inner in font.DescendantFonts:
                known.add(inner.FontDescriptor.FontFile2.objgen)
                if isinstance(inner.get("/CIDToGIDMap"), pikepdf.Stream):
                    known.add(inner.CIDToGIDMap.objgen)
    return known | {intent.DestOutputProfile.objgen
                    for intent in pdf.Root.get("/OutputIntents", [])}


def in_objects(pdf):
    """Alternative texts, bookmarks, titles, metadata, attachments: strings of
    all objects, and every stream that is no page."""
    known = drawn_on(pdf)
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Object):
            place = f"object {thing.objgen[0]}"
            yield from strings_in(thing, place)
            if isinstance(thing, pikepdf.Stream) and thing.objgen not in known:
                kind = str(thing.get("/Type", "none"))
                if kind not in ("/Metadata", "/EmbeddedFile"):
                    raise ValueError(f"{place} is a stream of type {kind}")
                text = thing.read_bytes().decode("utf-8")
                yield from ([(f"{place} {kind}", text)]
                            if kind == "/EmbeddedFile" else
                            in_xml(text, f"{place} {kind}"))


def in_xml(text, place):
    """All but the names of what there is."""
    for node in xml.fromstring(text).iter():
        for said in (node.text, node.tail, *node.attrib.values()):
            if (said or "").strip():
                yield place, said


def of_pdf(path):
    with pikepdf.open(path) as pdf:
        found = list(in_objects(pdf))
        for i, page in enumerate(pdf.pages, 1):
            found += [(f"page {i}", line) for line in drawn(page)]
    return found


class Web(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.inside = [], []

    def handle_starttag(self, tag, attributes):
        self.inside.append(tag)
        if tag == "script":
            raise ValueError("a page has a script")
        for name, value in attributes:
            if name in SAID:
                self.found.append((f"{tag} {name}", value))
            elif name not in KNOWN:
                raise ValueError(f"{tag} has {name}")

    def handle_data(self, data):
        if data.strip() and self.inside[-1:] != ["style"]:
            self.found.append((self.inside[-1] if self.inside else "", data))

    def handle_comment(self, data):
        self.found.append(("comment", data))

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop() != tag:
            pass


def of_web(path):
    web = Web()
    with open(path, encoding="utf-8") as file:
        web.feed(file.read())
    return web.found


def of_book(path):
    """Cells, names and properties of a workbook, each text once; not where a
    cell stands and how it looks."""
    found = {}
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            if not name.endswith((".xml", ".rels")):
                raise ValueError(f"{path} holds {name}")
            for node in xml.fromstring(book.read(name)).iter():
                kind = node.tag.rpartition("}")[2]
                said = node.text or ""
                # A number is written with more digits than it has.
                found[name, repr(float(said)) if kind == "v" else said] = True
                if kind in ("sheet", "definedName"):
                    found[name, node.get("name", "")] = True
    return list(found)
