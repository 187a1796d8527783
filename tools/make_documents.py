#!/usr/bin/env python3
"""Make the documents of `tests/documents/made/` from `story.md`, with the programs that people use.

    python3 tools/make_documents.py tests/documents/made

It needs pandoc, LibreOffice and Chromium (Debian: `pandoc libreoffice-writer-nogui chromium`). What they make has
their dates in it, so that a new run gives other bytes: the files are committed, and CI needs none of them.
"""

from __future__ import annotations

import quopri
import re
import subprocess
import sys
import tempfile
import zipfile
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

DELETED = re.compile(r"\[([^\]]*)\]\{\.deletion[^}]*\}")
PUT_IN = re.compile(r"\[([^\]]*)\]\{\.insertion[^}]*\}")
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEADER = f'<w:hdr xmlns:w="{WORDS}"><w:p><w:r><w:t>The Aldermouth Courier</w:t></w:r></w:p></w:hdr>'
FOOTER = (
    f'<w:ftr xmlns:w="{WORDS}"><w:p><w:r><w:t xml:space="preserve">Page </w:t></w:r><w:fldSimple w:instr="PAGE">'
    "<w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>"
)
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Ferry to Lindholm returns after three winters | The Courier</title>
<link rel="canonical" href="https://courier.example/2024/03/18/ferry">
<meta property="og:site_name" content="The Aldermouth Courier">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Ferry to Lindholm returns after three winters", "datePublished": "2024-03-18T06:30:00+01:00",
"author": [{"@type": "Person", "name": "Mara Quist"}], "publisher": {"name": "The Aldermouth Courier"}}</script></head>
<body><header><nav><ul><li><a href="/">Home</a></li><li><a href="/harbour">Harbour</a></li></ul></nav></header>
<div id="cookie-notice"><p>We use cookies to count our readers, who are few.</p><button>Agree</button></div>
<main><article>
%s
</article></main>
<aside><h2>Most read</h2><ul><li><a href="/goat">Goat on the quay</a></li><li><a href="/fog">Fog again</a></li></ul>
</aside><footer><p>© The Aldermouth Courier. All rights reserved.</p></footer></body></html>
"""


def main(folder: Path) -> None:
    """Make all of them."""
    tracked = (folder / "story.md").read_text("utf-8")
    accepted = PUT_IN.sub(r"\1", DELETED.sub("", tracked))
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        (work / "story.md").write_text(accepted, "utf-8")
        (work / "tracked.md").write_text(tracked, "utf-8")
        reference(work / "reference.docx")
        pandoc(work / "tracked.md", folder / "pandoc.docx")
        pandoc(work / "story.md", work / "story.docx", "--reference-doc", str(work / "reference.docx"))
        for kind in ("odt", "rtf", "pdf"):
            office(work / "story.docx", kind, folder)
        office(folder / "pandoc.docx", "odt", work)
        office(work / "pandoc.odt", "docx", folder / "office")
        for kind in ("plain", "html5"):
            pandoc(work / "story.md", work / f"story.{kind}", "--to", kind, "--wrap=none")
        (folder / "story.txt").write_bytes((work / "story.plain").read_bytes())
        page = PAGE % (work / "story.html5").read_text("utf-8")
        pandoc(
            work / "story.md", work / "printed.html", "--standalone", "--metadata", "pagetitle=Ferry", "--to", "html5"
        )
        printed(work / "printed.html", folder / "printed.pdf")
    (folder / "story.html").write_text(page, "utf-8")
    (folder / "story.mhtml").write_bytes(saved(page))
    (folder / "story.eml").write_bytes(mail((folder / "story.txt").read_text("utf-8"), page))


def pandoc(source: Path, target: Path, *options: str) -> None:
    """Convert a file."""
    subprocess.run(["pandoc", str(source), "-o", str(target), *options], check=True)  # noqa: S603, S607  # ours


def office(source: Path, kind: str, folder: Path) -> None:
    """Convert a file by LibreOffice, into a folder."""
    filters = {"rtf": "rtf:Rich Text Format"}
    command = ["soffice", "--headless", "--convert-to", filters.get(kind, kind), "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603  # ours


def printed(source: Path, target: Path) -> None:
    """Print a page by Chromium, with the day, the title, the address and numbers that it puts on each page."""
    command = [
        "chromium",
        "--headless",
        "--no-sandbox",
        f"--print-to-pdf={target.resolve()}",
        source.resolve().as_uri(),
    ]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)  # noqa: S603  # ours


def reference(target: Path) -> None:
    """Pandoc's own model of a document, with a head and a foot on its pages, which have the size of A5."""
    command = ["pandoc", "--print-default-data-file", "reference.docx"]
    raw = subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # ours
    source = target.with_name("model.docx")
    source.write_bytes(raw.stdout)
    links = "".join(f'<w:{name}Reference w:type="default" r:id="rId9{name}"/>' for name in ("header", "footer"))
    size = '<w:pgSz w:w="8391" w:h="11906"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"/>'
    with zipfile.ZipFile(source) as model, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in model.namelist():
            text = model.read(name)
            if name == "word/document.xml":
                text = re.sub(
                    rb"<w:sectPr\s*/>|<w:sectPr.*?</w:sectPr>",
                    b"<w:sectPr>%s</w:sectPr>" % (links + size).encode(),
                    text,
                )
            made.writestr(name, _linked(name, text))
        made.writestr("word/header9.xml", HEADER)
        made.writestr("word/footer9.xml", FOOTER)


def _linked(name: str, text: bytes) -> bytes:
    if name == "[Content_Types].xml":
        parts = "".join(
            f'<Override PartName="/word/{part}9.xml" ContentType="{TYPES}.{part}+xml"/>'
            for part in ("header", "footer")
        )
        return text.replace(b"</Types>", parts.encode() + b"</Types>")
    if name == "word/_rels/document.xml.rels":
        parts = "".join(
            f'<Relationship Id="rId9{part}" Type="{RELATIONS}/{part}" Target="{part}9.xml"/>'
            for part in ("header", "footer")
        )
        return text.replace(b"</Relationships>", parts.encode() + b"</Relationships>")
    return text


def saved(page: str) -> bytes:
    """A page as Chromium saves it, in one file."""
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://courier.example/2024/03/18/ferry\r\n"
        "Subject: Ferry to Lindholm\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        '\ttype="text/html";\r\n\tboundary="----MultipartBoundary--a1----"\r\n\r\n\r\n'
    )
    part = (
        "------MultipartBoundary--a1----\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        "Content-Location: https://courier.example/2024/03/18/ferry\r\n\r\n"
    )
    body = quopri.encodestring(page.encode()).replace(b"\n", b"\r\n")
    return head.encode() + part.encode() + body + b"\r\n------MultipartBoundary--a1------\r\n"


def mail(text: str, page: str) -> bytes:
    """A mail with the story as text and as a page, and a picture on it."""
    message = EmailMessage(SMTP)
    message["From"], message["To"] = "Mara Quist <mara@courier.example>", "desk@courier.example"
    message["Subject"], message["Date"] = "Ferry to Lindholm", "Mon, 18 Mar 2024 06:12:00 +0100"
    message.set_content(text)
    message.add_alternative(page, subtype="html")
    message.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="../ferry.png")
    message.set_boundary("outer")
    for part in message.walk():
        if part.get_content_type() == "multipart/alternative":
            part.set_boundary("inner")
    return message.as_bytes()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
