"""Event tables of other people in Parquet files, queried as they are by the mapping that an import would use."""
