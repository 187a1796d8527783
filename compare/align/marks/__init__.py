"""What is to be said of a match beside its kind: facts changed, quotations, what moved, what is boilerplate."""
