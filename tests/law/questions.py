"""Random questions over the whole grammar; most of their values are taken from the records, so that most find some."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.dates.spans import PRECISIONS
from korea_cli.model.choices import DATE_BASES, DISPUTE_STATES, EVENT_STATUSES
from korea_cli.model.field_spec import CODES, DERIVED
from korea_cli.model.records import RECORD_TYPES, Actor, Topic, keys_of, title_of
from law import further
from law.chronologies import PLACE_NAMES
from law.counting import DIMENSIONS, LANES
from law.expressions import MARKS, QUOTES, quoted

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Records = dict[str, list[Any]]

COMMANDS = (
    *["timeline"] * 6, *["facts"] * 3, *["actors"] * 2, *["topics"] * 2, *["sources"] * 2, *["search"] * 5,
    *["show"] * 2, *["actor"] * 2, *["stats"] * 4, *["chart"] * 3,
    *["pairs"] * 2, *["gaps"] * 2, *["positions"] * 3, *["disputes"] * 3,
)  # fmt: skip
FIELDS = (
    "text", "actor", "by", "to", "about", "via", "topic", "kind", "place", "country", "source", "status", "basis",
    "date", "id", "holder", *further.FIELDS,
)  # fmt: skip
OF = {
    "timeline": ("event",), "facts": ("fact",), "actors": ("actor",), "topics": ("topic",), "sources": ("source",),
    "search": ("event", "fact", "actor", "topic", "source"), "show": ("event", "fact", "actor", "topic", "source"),
    "actor": ("actor",), "stats": ("event", "fact"), "chart": ("event",),
    "pairs": ("event",), "gaps": ("event",), "positions": ("event", "fact"), "disputes": ("event", "fact"),
}  # fmt: skip
ROLES = {
    "actor": ("actors", "recipients", "via", "holders", "reported_by", "about"), "by": ("actors", "holders"),
    "to": ("recipients",), "via": ("via", "reported_by"), "about": ("about",), "topic": ("topics",),
    "holder": ("holders",),
}  # fmt: skip
# Which fields fit what is listed; in a list of actors, topics or sources the others choose what is counted.
FIT = {
    type_: tuple(
        field for field in FIELDS if type_ in further.FIELDS.get(field, ("event", "fact")) and field not in others
    )
    for type_, others in (("event", {"about", "holder"}), ("fact", {"to", "place", "basis"}))
}
PERIODS = (
    "2016", "2017", "2017-05", "may 2017", "2017Q2", "early 2016", "2017-05-25", "2016-04..2017-05-24", "since 2017",
    "until 2016-06", "last 2 months", "july 4", "may 24-25", "2016-04-30..", "..2017-05-24", "1950..2015", "9999",
    "2017-05/2017-06", "after 2017-05-24", "2016-40", "today", "44 BC", "-0043-05", "before 43 BC", "50-40 BC",
    "2 BC to 2 AD", "0000", "until -0042",
)  # fmt: skip
DAYS = (
    "2016", "2017", "2016-05", "2017-05", "2017-05-24", "2017-05-25", "may 2017", "july 4", "last year", "2030", "0001",
    "9999-12-31", "2016Q1", "-0043", "44 BC", "0000", "15 may 43 bc", "-9999",
)  # fmt: skip
_WIDE = {ord(sign): ord(sign) + 0xFEE0 for sign in "():=ANDORT"}  # the forms of full width
NOT_DATES = ("01/02/2017", "2017-02-30", "spring 2016", "someday")


class Question(NamedTuple):
    """What one command is asked: `options` are settings of a Selection; the last are options of a command.

    by, lanes: of a chart and of statistics. top: of a chart. state: of disputes. roll_up: of pairs and
    positions. least: of pairs.
    """

    command: str
    options: dict[str, Any]
    names: tuple[str, ...] = ()
    by: str | None = None
    lanes: str | None = None
    top: int | None = None
    state: str | None = None
    roll_up: bool = False
    least: int | None = None

    @property
    def types(self) -> tuple[str, ...]:
        """The types of the records that are asked for."""
        return ("fact",) if self.charts_facts else OF[self.command]

    @property
    def charts_facts(self) -> bool:
        """Whether a chart is asked for that counts facts: in lanes of what only these have."""
        return self.command == "chart" and (self.lanes or "").casefold() == "holder"


def question(random: Random, records: Records) -> Question:
    """Return a question to some records."""
    return _Asking(random, records).question()


class _Asking:
    """Makes the parts of one question, so that mostly one record has all that is asked for."""

    def __init__(self, random: Random, records: Records) -> None:
        """Prepare to take values from some records."""
        self.random, self.records = random, records
        self.all = [each for table in records.values() for each in table]
        self.by_id = {table: {each.id: each for each in rows} for table, rows in records.items()}
        self.command = random.choice(COMMANDS)
        self.types = OF[self.command]
        dated = [*records["events"], *records["facts"]]
        asked = [each for each in self.all if each.type in self.types] or self.all
        self.wanted = random.choice(dated if self.command == "search" and self._sometimes(0.6) else asked)
        self.counted = self.wanted if self.wanted.table in {"events", "facts"} else random.choice(dated)

    def question(self) -> Question:
        """Return the question."""
        random, command = self.random, self.command
        terms = self._terms()
        if command == "search" and (not terms or self._sometimes(0.6)):
            terms.append(self._words(self.wanted))
        if terms and self._sometimes(0.35):
            terms = self._expression(terms)
        options: dict[str, Any] = {"terms": tuple(terms), **self._window(), **self._listing()}
        options |= self._shared() if self._sometimes(0.15) else {}
        options |= {"with_withdrawn": True} if self._sometimes(0.3) else {}
        if command == "chart":
            few = options.keys() & {"since", "until", "period"}  # else there may be very many days
            by = random.choice(
                [None, None, "year", "QUARTER", "Decade", "century", *(["day", "week", "month"] if few else [])]
            )
            lanes = random.choice([None, None, *LANES])
            return Question(command, options, (), by, lanes, random.choice([None, 1, 2, 3]) if lanes else None)
        if command in {"stats", "pairs", "disputes", "positions"}:
            return self._of_command(options)
        if command == "actor":
            return Question(command, options, (self._name(self.wanted),))
        others = [self.wanted, *(random.choice(self.all) for _ in range(random.choice([0, 1, 2])))]
        return Question(command, options, tuple(map(self._typed_name, others)) if command == "show" else ())

    def _of_command(self, options: dict[str, Any]) -> Question:
        """Return a question with options of its own command."""
        asked = Question(self.command, options)
        if self.command == "disputes":
            return asked._replace(state=self._some(None, None, None, *DISPUTE_STATES))
        if self.command == "positions":
            return asked._replace(roll_up=self._sometimes(0.4))
        if self.command == "pairs":
            sides = tuple(self._name(self._some(*self.records["actors"] or [None])).removeprefix("=") for _ in range(2))
            sides = sides[: self._some(0, 0, 1, 1, 2)]
            terms = [*sides, *options["terms"]]
            if sides and terms[1:] and self._sometimes(0.3):
                terms.insert(1, self._some("AND", "AND", "AND", "OR"))
            options["terms"] = tuple(terms)
            return asked._replace(roll_up=self._sometimes(0.3), least=self._some(None, None, 1, 2, 3))
        by, lanes = self._some(None, *DIMENSIONS), self._some(None, None, *DIMENSIONS)
        return asked._replace(by=by and self._cased(by), lanes=lanes if by or self._sometimes(0.02) else None)

    def _sometimes(self, chance: float) -> bool:
        return self.random.random() < chance

    def _some(self, *values: Any) -> Any:  # noqa: ANN401 - one of the values
        return self.random.choice(values)

    # ------------------------------------------------------------ terms

    def _expression(self, terms: list[str]) -> list[str]:
        """Return terms joined by operators and parentheses, as one argument or several; now and then not whole."""
        words = self._joined(terms)
        if self._sometimes(0.02):
            words.insert(self.random.randint(0, len(words)), self._some("AND", "OR", "NOT", "(", ")"))
        is_expression = not {"AND", "OR", "NOT", "(", ")"}.isdisjoint(words)
        if not is_expression or self._sometimes(0.6):
            return words
        typed = " ".join(map(self._in_expression, words))
        return [typed.translate(_WIDE) if self._sometimes(0.1) else typed]

    def _in_expression(self, term: str) -> str:
        """Return a term as it is written within an expression."""
        found = re.fullmatch(r"((?:not:\s*)*(?:[\w-]+:)?=?)(.*)", term, re.IGNORECASE)
        if not found or term in {"(", ")"} or not re.search(rf"[\s(){MARKS}]", found[2]):
            return "".join(term.split()) if found and not re.search(r"\s", found[2]) else term
        return "".join(found[1].split()) + quoted(found[2], self._some(*['""'] * 3, *QUOTES))

    def _joined(self, terms: list[str]) -> list[str]:
        """Return terms in groups of two and more, some in parentheses or negated."""
        if len(terms) > 1 and self._sometimes(0.7):
            middle = self.random.randint(1, len(terms) - 1)
            joint = self._some(*["AND"] * 2, *["OR"] * 3, *[""] * 2)
            words = [*self._joined(terms[:middle]), *filter(None, [joint]), *self._joined(terms[middle:])]
            words = ["(", *words, ")"] if self._sometimes(0.5) else words
        else:
            words = terms
        return ["NOT", *words] if self._sometimes(0.2) else words

    def _terms(self) -> list[str]:
        """Return terms of up to four fields, up to four of each, in any order."""
        fields = FIT.get(self.types[0], FIELDS) if len(self.types) == 1 else FIELDS
        needed = {"topic": "topics", "source": "sources"} | dict.fromkeys(ROLES.keys() - {"topic"}, "actors")
        fields = tuple(field for field in fields if field not in needed or self.records[needed[field]])
        chosen = self.random.sample(fields, self._some(0, 1, 1, 1, 1, 2, 2, 3, 4))
        terms = [
            self._term(field, first=not place)
            for field in chosen
            for place in range(self._some(0, 1, 1, 1, 1, 2, 2, 3, 4))
        ]
        self.random.shuffle(terms)
        return terms

    def _term(self, field: str, *, first: bool) -> str:
        negation = self._some("not:", "not:", "NOT:", "not: ", "not:not:") if self._sometimes(0.15) else ""
        record = self._having(field)
        if negation or self._sometimes(0.05 if first or field == "text" else 0.8):
            record = self.random.choice([each for each in self.all if each.type == record.type])
        value = self._value(field, record)
        if self._sometimes(0.01):
            return str(self._some("or", "not", "-thaad", f"-{field}:{value}", f"- {value}", "12:30", f"tag:{value}"))
        shown = (
            value if field == "text" and self._sometimes(0.7) else f"{self._some(field, field, field.upper())}:{value}"
        )
        return f"{negation}{shown}"

    def _having(self, field: str) -> Any:  # noqa: ANN401 - any record
        """Return the record that a term is to be about: of a list, that which is listed, or is counted for it."""
        listed = field in {"text", "id", "kind", "country", *further.TEXTS, *further.OF_SOURCES} or len(self.types) > 1
        return self.wanted if listed else self.counted

    def _value(self, field: str, record: Any) -> str:  # noqa: ANN401 - any record
        """Return a value of a field: one that a record has, else one that there is, now and then one that is not."""
        if self._sometimes(0.01):
            return str(self._some("nothing such", "=", "", "=a", "zzz", "?", "%"))
        makers: dict[str, Callable[[Any], str]] = {
            "text": self._words, "id": self._id, "date": self._date, "country": self._country, "source": self._source,
            "kind": self._kind, "place": self._place,
        }  # fmt: skip
        if field in makers:
            return makers[field](record)
        if field in {"status", "basis"}:
            key, allowed = ("status", EVENT_STATUSES) if field == "status" else ("date_basis", DATE_BASES)
            return self._cased(getattr(record, key, "") or self.random.choice(allowed))
        return self._further(field, record) if field in further.FIELDS else self._name(self._referred(field, record))

    def _further(self, field: str, record: Any) -> str:  # noqa: ANN401, PLR0911 - any record; a line for each form
        """Return a value of a field of relations, numbers or mere keys."""
        if field in {"sources", "voices", *further.TALLIED}:
            return f"{self._some('', '<', '<=', '>', '>=', '=')}{self._some(0, 1, 1, 2, 3)}"
        if field in {"begins", "ends", "known-since", "issued"}:
            return self._date(record)
        if field in {"has", "no"}:
            keys = {shown: key for type_ in self.types for shown, key in keys_of(RECORD_TYPES[type_]).items()}
            return str(
                self._some(*(shown for shown, key in keys.items() if key.form not in DERIVED), "source", "Other-Dates")
            )
        words = {"hedged": ("true", "no"), "precision": PRECISIONS, "locator": ("p1", "P2", "p. 3")}
        words |= {name: (*allowed, "podcast") for name, (_, allowed) in further.WORDS.items()}
        if field in words:
            return self._cased(self._some(*words[field]))
        if field == "only":
            return self._source(record)
        types = {"disputes": ("event", "fact"), "disputed-by": ("fact", "actor", "source"), "answered-by": ("event",)}
        types |= {name: types_ for name, (_, types_) in further.REFERRING.items()}
        if field in types:
            among = [each for each in self.all if each.type in types[field]]
            ids = [
                id_
                for key in (further.REFERRING.get(field, ("disputed_by", ()))[0],)
                for id_ in getattr(record, key, ())
            ]
            return str(self._some(*ids)) if ids and self._sometimes(0.7) else self._name(self._some(*among or [None]))
        own = self.random.choice(self.records["sources"] or [record]) if field in further.OF_SOURCES else record
        value = getattr(own, field, "")
        texts = [value] if isinstance(value, str) else list(value)
        return str(self._some(*(" ".join(texts).split() or ["talks"])))

    def _referred(self, field: str, record: Any) -> Any:  # noqa: ANN401 - an actor, topic or source
        """Return something that a record refers to as a field means it, else anything there is."""
        table = "topics" if field == "topic" else "actors"
        ids = [id_ for role in ROLES.get(field, ROLES["actor"]) for id_ in getattr(record, role, ())]
        rows = self.records[table]
        if ids:
            return self.by_id[table][self.random.choice(ids)]
        return self.random.choice(rows) if rows else None

    def _cased(self, text: str) -> str:
        return str(self._some(text, text, text, text.upper(), text.casefold()))

    def _beginning(self, text: str) -> str:
        return text[: self.random.randint(min(3, len(text)), max(len(text), 1))]

    def _name(self, record: Any) -> str:  # noqa: ANN401 - any record, or None
        """Return an id, a name, the beginning of one, that of a word in it, the name with hyphens; `=` for itself."""
        if record is None:
            return "nobody"
        names = [record.id, title_of(record), *(record.aliases if isinstance(record, Actor | Topic) else ())]
        name = self.random.choice(names)
        words = name.split() or [name]
        shapes = [name, self._cased(name), self._beginning(name), self._beginning(self.random.choice(words)), words[-1]]
        shape = self._some(record.id, record.id, name, *shapes, "-".join(words).lower())
        return f"{self._some('', '', '', '=')}{shape}"

    def _typed_name(self, record: Any) -> str:  # noqa: ANN401 - any record
        name = record.id if self._sometimes(0.5) else self._name(record).removeprefix("=")
        return f"{record.type}:{name}" if self._sometimes(0.5) else name

    def _id(self, record: Any) -> str:  # noqa: ANN401 - any record
        return str(self._some(record.id, record.id, f"={record.id}", self._beginning(record.id), record.id[:1]))

    def _source(self, record: Any) -> str:  # noqa: ANN401 - any record
        ids = [citation.id for citation in getattr(record, "sources", ())]
        rows = self.records["sources"]
        if not rows:
            return "nothing"
        source = self.by_id["sources"][self.random.choice(ids)] if ids else self.random.choice(rows)
        containers = [source.container, *source.container.split()] if source.container else []
        return str(self._some(*[self._name(source)] * 3, *([source.voice] if source.voice else ()), *containers))

    def _kind(self, record: Any) -> str:  # noqa: ANN401 - any record
        kinds = [value for key in ("kind", "medium", "voice") if (value := getattr(record, key, ""))]
        common = {"event": "test", "fact": "claim", "actor": "state", "source": "press"}
        return self._cased(self._some(*kinds or [common.get(record.type, "raid")]))

    def _place(self, record: Any) -> str:  # noqa: ANN401 - any record
        places = [event.place for event in self.records["events"] if event.place]
        place = self._some(getattr(record, "place", "") or self._some(*places or ["Moscow"]), self._some(*PLACE_NAMES))
        return str(self._some(place, self._some(*place.split()), self._beginning(place), self._cased(place)))

    def _country(self, record: Any) -> str:  # noqa: ANN401 - any record
        actor = record if isinstance(record, Actor) else self._referred("actor", record)
        names = [actor.name, actor.id, *actor.aliases] if actor and actor.kind == "state" else []
        codes = [each.country for table in ("actors", "sources") for each in self.records[table] if each.country]
        own = [value] if (value := getattr(actor, "country", "")) else codes
        return self._cased(str(self._some(*own or ["RUS"], *names, *("-".join(name.split()) for name in names))))

    def _words(self, record: Any) -> str:  # noqa: ANN401 - any record
        """Return a word, the beginning of one, a part of a word in Hangul or Han, or a phrase."""
        text = self.random.choice(self._texts(record))
        words = text.split()
        start = self.random.randrange(len(words))
        word = words[start]
        inside = word if word.isascii() else word[self.random.randrange(len(word)) :]
        phrases = [" ".join(words[start : start + 2]), " ".join(words[start : start + 3]), self._cased(text)]
        return str(self._some(word, word, word, self._beginning(word), inside, self._cased(word), *phrases))

    def _texts(self, record: Any) -> list[str]:  # noqa: ANN401 - any record
        """Return the texts of a record, and now and then the names of what it refers to."""
        keys = [name for name, key in keys_of(type(record)).items() if key.form in {"text", "texts", *CODES}]
        values = [getattr(record, key) for key in keys if key != "date_text"]
        texts = [text for value in values for text in ([value] if isinstance(value, str) else value) if text]
        if self._sometimes(0.2):
            texts = [title_of(each) for field in ("actor", "topic") if (each := self._referred(field, record))] or texts
        return list(PLACE_NAMES) if self._sometimes(0.05) else texts or [title_of(record)]

    # ------------------------------------------------------------ days, order

    def _date(self, record: Any) -> str:  # noqa: ANN401 - any record
        date = getattr(record, "date", None)
        if date and self._sometimes(0.7):
            return str(date.text)
        return self.random.choice(NOT_DATES) if self._sometimes(0.02) else self.random.choice(PERIODS)

    def _window(self) -> dict[str, Any]:
        date = getattr(self.counted, "date", None)
        first, last = (str(day or "2017-01-01") for day in ((date.earliest, date.latest) if date else (None, None)))
        chosen = self._some("", "", "", "", "since", "until", "both", "period", "period")
        window: dict[str, Any] = {"certain": self._sometimes(0.4 if chosen else 0.05)}
        if chosen in {"since", "both"}:
            window["since"] = self._some(*[first, first[:-6], first[:-3]] * 6, *DAYS)
        if chosen in {"until", "both"}:
            window["until"] = self._some(*[last, last[:-6], last[:-3]] * 6, *DAYS)
        if chosen == "period" or self._sometimes(0.01):
            window["period"] = self._date(self.counted)
        if not chosen and self._sometimes(0.3):
            window["around"] = self._some(first, self._some(*self.records["events"]).id, *DAYS)
            if self._sometimes(0.6):
                window["days"] = self._some(0, 1, 3, 30, 30, 400)
        elif self._sometimes(0.02):
            window["days"] = self._some(3, -1)
        if self._sometimes(0.2):
            window["known_by"] = self._known_by()
        if self._sometimes(0.1):
            window["since"] = self._some(*self.records["events"]).id
        if self._sometimes(0.1):
            window["today"] = self._some(*["2017-05-30", "2016", "2018-02"] * 4, "2017-05..")
        return window

    def _known_by(self) -> str:
        """Return a day by which something was published, or about it."""
        issued = [each.issued for each in self.records["sources"] if each.issued]
        days = [str(day) for date in issued for day in (date.earliest, date.latest) if day]
        return str(self._some(*[*days, "2017-05", "2016"] * 3, *DAYS, "since 2017"))

    def _listing(self) -> dict[str, Any]:
        """Return how the answer is ordered and how much of it is wanted."""
        listing: dict[str, Any] = {"reverse": self._sometimes(0.25)}
        if self._sometimes(0.25):
            listing["limit"] = self._some(*[1, 2, 3, 5, 100] * 4, 0, -1)
        if self._sometimes(0.01 if self.command in {"chart", "stats", "pairs", "gaps"} else 0.3):
            listing["sort"] = self._cased(self._sort_key())
        return listing

    def _sort_key(self) -> str:
        if self.command == "positions":
            return str(self._some("name", "id", "position_count", "positions", "first", "last", "date"))
        if self.command == "disputes":
            return str(self._some("date", "id", "title", "state", "contested", "sides", "position_count", "distance"))
        if len(self.types) > 1:
            return str(self._some("type", "id", "title", "date", "distance"))
        keys = {key.shown_as or name: key for name, key in keys_of(type(self.wanted)).items()}
        lists = {"texts", "refs", "cites", "other_dates"} if self._sometimes(0.95) else set()
        return str(self._some(*(name for name, key in keys.items() if key.form not in lists)))

    def _shared(self) -> dict[str, Any]:
        """Return what `--actor`, `--topic`, `--kind`, `--source` and `--status` say."""
        fields = {"actors": "actor", "topics": "topic", "kinds": "kind", "sources": "source", "statuses": "status"}
        chosen = self.random.sample(sorted(fields), self._some(1, 1, 2))
        return {
            option: tuple(self._value(field, self._having(field)) for _ in range(self._some(1, 1, 2)))
            for option in chosen
            for field in [fields[option]]
        }
