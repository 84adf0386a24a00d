"""The tables: records to rows, and rows to records, in SQLite, in Parquet, on Spark, and of the files of others."""
