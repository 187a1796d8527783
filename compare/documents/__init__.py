"""Office documents, pages, mails and PDFs: bytes in, the text that a reader of the document reads out."""
