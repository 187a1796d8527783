"""A text as the product sees it: folded tokens with spans, sentences and quotations, keys of passages, what is covered."""
