"""A text as the product sees it: folded tokens with spans, sentences and quotations, passage keys, coverage."""
