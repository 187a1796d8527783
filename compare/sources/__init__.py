"""Files and tables in, documents out."""
