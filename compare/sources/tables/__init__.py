"""Tables: rows of JSON, CSV and Parquet to documents, every row with the bytes it was read from."""
