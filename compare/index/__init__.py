"""A persistent index of documents in one SQLite file: what a few new texts are compared with, without reading all."""
