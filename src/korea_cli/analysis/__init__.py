"""The answers that are more than lists of records: counts, periods, pairs, silences, disputes, positions."""
