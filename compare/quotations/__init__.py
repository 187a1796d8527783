"""Quotations: what stands in quotation marks, who is quoted, and what became of it on the other side."""
