"""Reports for word processors: DOCX from a template made here, with the words, tables and pictures of the print."""

from __future__ import annotations

import io
import re
from datetime import datetime
from html import escape

from docxtpl import DocxTemplate, InlineImage  # type: ignore[import-untyped]

from tripoint.reports import drawing
from tripoint.reports.packing import changed, pack
from tripoint.reports.pages import Block, Report
from tripoint.reports.spreadsheets import settled
from tripoint.reports.texts import texts

WIDEST = 5_760_000  # English Metric Units: 160 mm
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPES = (
    f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    f'<Override PartName="/word/document.xml" ContentType="{OFFICE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{OFFICE}.styles+xml"/></Types>'
)
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATION = f'{XML}{RELATIONS}<Relationship Id="rId1" Type="{KIND}/%s" Target="%s"/></Relationships>'
PACKAGE = RELATION % ("officeDocument", "word/document.xml")
PARTS = RELATION % ("styles", "styles.xml")
PICTURE = re.compile(r'<wp:docPr id="\d+" name="[^"]*"')


def style(
    which: str, name: str, size: int, *, bold: bool = False, colour: str = "10201F", outline: int | None = None
) -> str:
    """A paragraph's style; sizes in half points."""
    level = "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{which}"><w:name w:val="{name}"/>'
        f'<w:pPr><w:keepNext w:val="{int(bold)}"/><w:spacing w:before="120" w:after="80"/>{level}</w:pPr>'
        f'<w:rPr>{"<w:b/>" if bold else ""}'
        f'<w:color w:val="{colour}"/><w:sz w:val="{size}"/></w:rPr></w:style>'
    )


STYLES = (
    f"{XML}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>"
    '<w:rFonts w:ascii="Noto Sans" w:hAnsi="Noto Sans" w:cs="Noto Sans Arabic"/><w:sz w:val="19"/>'
    "</w:rPr></w:rPrDefault></w:docDefaults>"
    + style("Title", "Title", 40, bold=True) + style("Heading1", "heading 1", 26, bold=True, colour="0B756F", outline=0)
    + style("Heading2", "heading 2", 20, bold=True, outline=1) + style("Body", "Normal", 19)
    + style("Note", "Note", 17, colour="465A5D") + style("Small", "Small", 16)
    + "</w:styles>"
)  # fmt: skip


def paragraph(words: str, which: str, more: str = "") -> str:
    """A paragraph of the template, read from right to left where the report is."""
    direction = "{% if r.rtl %}<w:bidi/>{% endif %}"
    run = "<w:rPr>{% if r.rtl %}<w:rtl/>{% endif %}" + more + "</w:rPr>"
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{which}"/>{direction}</w:pPr><w:r>{run}'
        f'<w:t xml:space="preserve">{words}</w:t></w:r></w:p>'
    )


CELL = "<w:tc><w:tcPr/>" + paragraph("{{ cell }}", "Small") + "</w:tc>"
HEAD_CELL = "<w:tc><w:tcPr/>" + paragraph("{{ cell }}", "Small", "<w:b/>") + "</w:tc>"
TABLE = (
    '<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/>{% if r.rtl %}<w:bidiVisual/>{% endif %}<w:tblBorders>'
    '<w:bottom w:val="single" w:sz="4" w:color="CFDADB"/><w:insideH w:val="single" w:sz="4" w:color="CFDADB"/>'
    "</w:tblBorders></w:tblPr>"
    "<w:tblGrid>{% for cell in b.rows[0] %}<w:gridCol/>{% endfor %}</w:tblGrid>"
    "<w:tr><w:trPr><w:tblHeader/></w:trPr>{% for cell in b.rows[0] %}" + HEAD_CELL + "{% endfor %}</w:tr>"
    "{% for row in b.rows[1:] %}<w:tr>{% for cell in row %}" + CELL + "{% endfor %}</w:tr>{% endfor %}</w:tbl>"
)
ROWS = "{% for row in b.rows %}" + paragraph("{{ row|join(': ') }}", "Body") + "{% endfor %}"
BODY = (
    paragraph("{{ r.title }}", "Title") + paragraph("{{ r.subtitle }}", "Note")
    + "{% for b in blocks %}{% if b.kind == 'heading' %}" + paragraph("{{ b.text }}", "Heading1")
    + "{% elif b.kind == 'caption' %}" + paragraph("{{ b.text }}", "Heading2")
    + "{% elif b.kind == 'table' %}" + TABLE + "{% elif b.kind == 'picture' %}"
    + '<w:p><w:pPr><w:pStyle w:val="Body"/></w:pPr><w:r><w:t>{{ b.picture }}</w:t></w:r></w:p>'
    + "{% elif b.kind in ('tiles', 'list') %}" + ROWS
    + "{% elif b.kind == 'note' %}" + paragraph("{{ b.text }}", "Note")
    + "{% else %}" + paragraph("{{ b.text }}", "Body") + "{% endif %}{% endfor %}"
)  # fmt: skip
PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1020" w:right="1020" w:bottom="1020" w:left="1020"/></w:sectPr>'
)


def template() -> bytes:
    """The template as a document of its own."""
    parts = {
        "[Content_Types].xml": TYPES, "_rels/.rels": PACKAGE, "word/_rels/document.xml.rels": PARTS,
        "word/styles.xml": STYLES,
        "word/document.xml": f"{XML}<w:document {W}><w:body>{BODY}{PAGE}</w:body></w:document>",
    }  # fmt: skip
    return pack({name: text.encode() for name, text in parts.items()})


def docx(report: Report) -> bytes:
    """The report as DOCX; the same report always gives the same bytes."""
    written = DocxTemplate(io.BytesIO(template()))
    blocks = [shown(block, written, report.language) for block in report.blocks]
    written.render({"r": report, "blocks": blocks}, autoescape=True)
    found = io.BytesIO()
    written.save(found)
    moment = datetime.fromisoformat(report.at)
    return described(settled(found.getvalue(), moment), [block.text for block in report.blocks if block.chart])


def shown(block: Block, written: DocxTemplate, language: str) -> dict[str, object]:
    """A block as the template reads it; a chart becomes a picture."""
    found: dict[str, object] = {"kind": block.kind, "text": block.text, "rows": block.rows}
    if block.chart is not None:
        picture = io.BytesIO(drawing.png(block.chart, texts(language)))
        found["picture"] = InlineImage(written, picture, width=WIDEST)
    return found


def described(packed: bytes, words: list[str]) -> bytes:
    """The document with the words of each picture for whoever cannot see it."""
    left = iter(words)

    def with_words(name: str, body: bytes) -> bytes:
        if name != "word/document.xml":
            return body
        return PICTURE.sub(lambda met: f'{met[0]} descr="{escape(next(left))}"', body.decode()).encode()

    return changed(packed, with_words)
