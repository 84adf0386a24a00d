"""The words that are allowed where a data file must choose one."""

EVENT_KINDS = (
    "statement", "meeting", "offer", "request", "agreement", "rejection", "accusation", "test", "exercise",
    "deployment", "sanction", "conflict", "appointment", "period",
)  # fmt: skip
WITHDRAWN = "withdrawn"  # a status that leaves an event or fact out of answers that do not ask for it
EVENT_STATUSES = ("confirmed", "reported", "disputed", "withdrawn", "unverified")
DATE_BASES = ("stated", "year-inferred", "external", "estimate", "unknown")
FACT_KINDS = ("fact", "claim", "assessment", "forecast")
FACT_STATUSES = ("undisputed", "disputed", "contradicted", "withdrawn", "unverified", "opinion")
DISPUTE_STATES = ("open", "one-sided", "settled")
ACTOR_KINDS = ("person", "state", "institution", "organisation", "group", "forum", "unit")
SOURCE_TYPES = (
    "article", "official-record", "transcript", "un-document", "report", "judgment", "hearing", "dataset", "book",
    "web", "post", "email", "interview", "broadcast", "video",
)  # fmt: skip
VOICES = ("analysis", "press", "specialist", "official", "state-media", "un")
SCHEMA = 1
