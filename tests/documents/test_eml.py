"""Mails: what their reader reads of them."""

from __future__ import annotations

import pytest

from compare.documents.eml import extract
from compare.documents.extracted import DocumentError, Limits
from compare.vocabulary import ExtractionNote, Provenance

LIMITS = Limits()
HEADER = "From: Ana Roth <ana@example.org>\nSubject: {}\nDate: Mon, 18 Mar 2024 09:12:00 +0100\n"


def mail(body: str, header: str = "", subject: str = "The pact") -> bytes:
    return (HEADER.format(subject) + header + "\n" + body).encode()


def test_the_plain_text_is_read_without_its_signature_and_the_header_says_whose_it_is() -> None:
    read = extract(mail("A pact.\n\nSigned.\n-- \nAna Roth\n+49 30 1234\n"), LIMITS)
    assert read.text == "A pact.\n\nSigned."
    assert {name: value.value for name, value in read.values.items()} == {
        "title": "The pact", "author": "Ana Roth", "date": "2024-03-18T09:12:00+01:00",
    }  # fmt: skip
    assert {value.origin for value in read.values.values()} == {Provenance.MAIL}


@pytest.mark.parametrize("subject", ["Fwd: The pact", "AW: Re: The pact"])
def test_who_hands_a_mail_on_did_not_write_it(subject: str) -> None:
    values = extract(mail("A pact.", subject=subject), LIMITS).values
    assert values["title"].value == "The pact"
    assert "author" not in values


def test_encodings_are_undone_and_attachments_are_told() -> None:
    header = 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n'
    how = "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n"
    text = f"--x\n{how}\nCaf=E9 =\nau lait\n"
    attached = (
        "--x\nContent-Type: text/plain\nContent-Disposition: attachment; filename=../../a.txt\n\nAttached.\n--x--\n"
    )
    read = extract(mail(text + attached, header), LIMITS)
    assert read.text == "Café au lait"
    assert read.extraction.notes == (ExtractionNote.ATTACHMENTS,)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"A pact of peace, and no mail.", "no header"),
        (mail(""), "empty"),
        (mail("x", "Content-Type: image/png\n"), "a mail without text"),
        (
            mail("--x\n\na\n" * 1100, 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n'),
            "more than 1000 parts",
        ),
    ],
)
def test_what_cannot_be_read_says_why(raw: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        extract(raw, LIMITS)


def test_a_hostile_header_is_no_traceback() -> None:
    for header in ("Content-Type: text/plain; charset=\xff\n", "Content-Type: ;;;\n", "Date: now\n" * 3, "From: <>\n"):
        assert extract(mail("A pact.", header), LIMITS).text == "A pact."
