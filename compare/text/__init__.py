"""A text as the product sees it: folded tokens with spans, sentences, passage keys, coverage."""
