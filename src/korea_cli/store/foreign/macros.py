"""The functions of SQL that make texts of the cells of foreign tables."""

from __future__ import annotations

_BREAKS = r"[\x0b\x0c\x1c-\x1f\x{85}\x{2028}\x{2029}]"
_UNSAFE = (
    r"[\x00-\x08\x0b-\x1f\x7f-\x{9f}\x{61c}\x{200e}\x{200f}\x{2028}-\x{202e}\x{2066}-\x{206f}]"  # as in `sanitize`
)
# What Python strips from the ends of a text.
_BLANKS = "".join(f"chr({code}) || " for code in range(0x3001) if chr(code).isspace()) + "''"
# What the SQL calls: a text on one line, whether its words are plain to see, and these words.
MACROS = (
    f"""cleaned(x) AS CASE WHEN regexp_matches(x, '{_UNSAFE}') THEN regexp_replace(regexp_replace(
      regexp_replace(x, '\\r\\n?', chr(10), 'g'), '{_BREAKS}', ' ', 'g'), '{_UNSAFE}', '', 'g') ELSE x END""",
    r"""one_line(x) AS CASE WHEN strlen(x) = length(x) AND NOT contains(x, '  ')
      AND NOT regexp_matches(x, '[\x00-\x1f\x7f]')
      THEN trim(x) ELSE trim(regexp_replace(cleaned(x), '[\s\p{Z}\x{1c}-\x{1f}\x{85}]+', ' ', 'g')) END""",
    r"is_plain(x) AS strlen(x) = length(x) AND NOT (contains(x, '.') AND regexp_matches(x, '[A-Za-z]\.[A-Za-z]'))",
    # `lcase` is DuckDB's own: `lower`, which is ours, takes twice as long as all else here, and does the same to ASCII.
    "plain(x) AS ' ' || trim(regexp_replace(lcase(x), '[^a-z0-9]+', ' ', 'g')) || ' '",
    "each_once(x) AS list_filter(x, lambda one, place: list_position(x, one) = place)",
    # `trim` looks for each of these at each end: seven times as long as comparing one character, where there is none.
    f"""stripped(x) AS CASE WHEN CAST(x AS VARCHAR) > '!' AND CAST(x AS VARCHAR) < chr(127)
      AND CAST(x AS VARCHAR)[-1] > ' ' AND CAST(x AS VARCHAR)[-1] < chr(127) THEN CAST(x AS VARCHAR)
      ELSE trim(CAST(x AS VARCHAR), {_BLANKS}) END""",
    "has_text(x) AS CASE WHEN x > '!' AND x < chr(127) THEN TRUE ELSE COALESCE(one_line(x) <> '', FALSE) END",
    "slug(x) AS NULLIF(trim(regexp_replace(lower(x), '[^a-z0-9]+', '-', 'g'), '-'), '')",
    """is_address(x) AS starts_with(x, 'http') AND NOT contains(x, ' ') AND NOT contains(x, ';')
      AND NOT contains(x, '|')""",
    "named(x) AS CASE WHEN is_address(x) THEN COALESCE(NULLIF(split_part(x, '/', 3), ''), x) ELSE x END",
)
