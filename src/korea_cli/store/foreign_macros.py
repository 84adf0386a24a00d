"""The functions of SQL that make texts of the cells of foreign tables."""

from __future__ import annotations

_BLANKS = "chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || ' '"
# What the SQL calls: a text on one line, whether its words are plain to see, and these words.
MACROS = (
    r"""one_line(x) AS CASE WHEN strlen(x) = length(x) AND NOT contains(x, '  ') AND NOT regexp_matches(x, '[\t-\r]')
      THEN trim(x) ELSE trim(regexp_replace(x, '[\s\p{Z}\x{1c}-\x{1f}\x{85}]+', ' ', 'g')) END""",
    r"is_plain(x) AS strlen(x) = length(x) AND NOT (contains(x, '.') AND regexp_matches(x, '[A-Za-z]\.[A-Za-z]'))",
    "plain(x) AS ' ' || trim(regexp_replace(lower(x), '[^a-z0-9]+', ' ', 'g')) || ' '",
    "each_once(x) AS list_filter(x, lambda one, place: list_position(x, one) = place)",
    f"stripped(x) AS trim(CAST(x AS VARCHAR), {_BLANKS})",
    "slug(x) AS NULLIF(trim(regexp_replace(lower(x), '[^a-z0-9]+', '-', 'g'), '-'), '')",
    """is_address(x) AS starts_with(x, 'http') AND NOT contains(x, ' ') AND NOT contains(x, ';')
      AND NOT contains(x, '|')""",
    "named(x) AS CASE WHEN is_address(x) THEN split_part(x, '/', 3) ELSE x END",
)
