"""One module an article format: `read` takes the bytes of a file and says what they hold. `types.py` names them."""
