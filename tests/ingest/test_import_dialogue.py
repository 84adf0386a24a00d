"""An import on a terminal asks what a file leaves open, and an answer does what an option would."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import openpyxl
import pytest
import tomli

from korea_cli.base.errors import KoreaError, UsageError
from korea_cli.cache.progress import ignore_progress
from korea_cli.editing.files import Editable
from korea_cli.ingest.dialogue.import_dialogue import ColumnsTerminal, ImportDialogue, NothingImportedError
from korea_cli.ingest.importing import import_file
from korea_cli.ingest.request import build_request

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from conftest import Korea
    from korea_cli.editing.outcome import Outcome
    from korea_cli.ingest.dialogue.import_questions import ColumnReading

PLAIN = "Date,Title,Place\n2031-01-02,Talks,Geneva\n2031-01-03,A launch,Alpha\n"
# Files that leave something open, the answers to all questions before the last, and the options that do the same.
OPEN = {
    "a title is missing": ("Date,Remarks\n2031-01-02,The envoys meet\n", ["1"], ["--map", "Remarks=title"]),
    "a title is composed": (
        "Date,Remarks,Who\n2031-01-02,x,Lee\n", ["{Who} and {Remarks}"], ["--title", "{Who} and {Remarks}"],
    ),
    "a date is missing": ("Title,On,Then\nTalks,2031-01-02,2031-01-05\n", [""], ["--map", "On=date"]),
    "two columns are dates": (
        "start_date,event_date,Title\n2031-01-02,2031-01-05,Talks\n", ["event_date"], ["--map", "event_date=date"],
    ),
    "the order is open": ("Date,Title\n01/02/2031,Talks\n", ["d"], ["--day-first"]),
    "the order is contradicted": ("Date,Title\n13/02/2031,A\n02/13/2031,B\n01/02/2031,C\n", ["m"], ["--month-first"]),
    "a year is short": ("Date,Title\n2004-5,Talks\n", ["Y"], ["--year-spans"]),
    "rows are identical": ("Date,Title\n2031,Talks\n2031,Talks\n", ["yes"], ["--skip-identical"]),
    "rows share an id": ("id,Date,Title,Who\na,2031,T,Lee\na,2031,T,Kim\nb,2031,U,\n", ["y"], ["--join-rows"]),
    "an id is none": (
        "id,Date,Title\na,2031,T\na,2031,U\nb,2032,V\nc,2033,W\n", ["y"], ["--map", "id="],
    ),
    "names are together": ('Date,Title,Who\n2031,Talks,"Lee, Kim"\n', ["y"], ["--separator", ","]),
    "there are no headings": ("2031-01-02,Talks\n2031-01-03,Launch\n", ["Date,Title"], ["--headings", "Date,Title"]),
    "the encoding is another": ("Date,Title\n2031-01-02,Gespr\udce4che\n", [""], ["--encoding", "windows-1252"]),
    "there are several lists": (
        '{"a": [{"title": "A", "date": "2031"}], "b": [{"title": "B", "date": "2032"}]}', ["b"], ["--at", "b"],
    ),
}  # fmt: skip
FEW = pytest.mark.parametrize("case", ["a title is missing", "the order is open", "there are several lists"])


class Person(ColumnsTerminal):
    """Somebody who types some answers in turn, each perhaps after doing something else, and then nothing more."""

    def __init__(self, *answers: str | Callable[[], str]) -> None:
        """Have the answers ready."""
        self.answers = list(answers)
        self.shown = ""
        self.tables: list[list[ColumnReading]] = []

    def say(self, text: str) -> None:
        """Read."""
        self.shown += text

    def show_columns(self, columns: Sequence[ColumnReading]) -> None:
        """Look at a table."""
        self.tables.append(list(columns))

    def ask(self, offers: Sequence[str] = ()) -> str:
        """Answer."""
        del offers
        if not self.answers:
            raise EOFError
        answer = self.answers.pop(0)
        return answer if isinstance(answer, str) else answer()


class Importer:
    """Imports one file into another, by answers or by options."""

    def __init__(self, folder: Path) -> None:
        """Name the files."""
        self.mine = folder / "mine.toml"
        self.write(PLAIN)

    def write(self, text: str) -> None:
        """Begin with a file to import, and one that is empty."""
        self.sheet = self.mine.with_name("sheet.json" if text[0] in "[{" else "sheet.csv")
        self.mine.write_text("", "utf-8")
        self.sheet.write_bytes(text.encode(errors="surrogateescape"))

    def talk(self, person: Person, *maps: str, dry: bool = False, **settings: str) -> Outcome:
        """Import by answers."""
        request = build_request(str(self.sheet), maps, None, settings)
        files = Editable((str(self.mine),), 1 << 24, dry=dry)
        return import_file(request, files, ignore_progress, ImportDialogue(request, files, person))

    def left(self) -> set[str]:
        """Return the names of all files."""
        return {each.name for each in self.mine.parent.iterdir()}


@pytest.fixture
def importer(tmp_path: Path) -> Importer:
    """Return an importer of a plain sheet."""
    return Importer(tmp_path)


def test_where_nothing_is_open_only_the_import_is_confirmed(importer: Importer) -> None:
    person = Person("")
    outcome = importer.talk(person)
    assert outcome.text == f"Imported 2 events into {importer.mine}\n"
    assert outcome.notes == []
    assert [(each.heading, each.key, each.samples) for each in person.tables[0]] == [
        ("Date", "date", ("2031-01-02", "2031-01-03")),
        ("Title", "title", ("Talks", "A launch")),
        ("Place", "place", ("Geneva", "Alpha")),
    ]
    assert person.shown.endswith(
        f"\nImport 2 events into {importer.mine}? [Y/n, or COLUMN=KEY to read a column differently]\n"
    )


@pytest.mark.parametrize("case", OPEN)
def test_an_answer_does_what_the_option_does_that_is_named_at_the_end(
    case: str, importer: Importer, korea: Korea
) -> None:
    text, answers, options = OPEN[case]
    importer.write(text)
    outcome = importer.talk(Person(*answers, "y", ""))
    by_answers = importer.mine.read_bytes()
    assert tomli.loads(by_answers.decode())["events"]
    command = outcome.notes[-1].removeprefix("to do the same without questions: ")
    words = ["import", str(importer.sheet), "-d", str(importer.mine), *options, "--yes"]
    assert shlex.split(command) == ["korea", *words]
    importer.write(text)
    assert korea(*words).out == outcome.text
    assert importer.mine.read_bytes() == by_answers


@FEW
def test_a_mapping_that_is_saved_answers_the_same(case: str, importer: Importer, korea: Korea) -> None:
    text, answers, _ = OPEN[case]
    importer.write(text)
    saved = importer.mine.with_name("how.toml")
    outcome = importer.talk(Person(*answers, "", str(importer.mine), str(saved)))
    by_answers = importer.mine.read_bytes()
    importer.write(text)
    korea(*shlex.split(outcome.notes[-1].partition("questions: korea ")[2]))
    assert f"--mapping {saved}" in outcome.notes[-1]
    assert importer.mine.read_bytes() == by_answers


def test_a_mapping_replaces_a_file_only_if_that_is_wanted(importer: Importer) -> None:
    importer.write("Date,Title\n01/02/2031,Talks\n")
    saved = importer.mine.with_name("how.toml")
    saved.write_text("old", "utf-8")
    for answers, text in ((["", ""], "old"), (["", str(importer.sheet), ""], "old"), (["y"], None), ([], None)):
        importer.mine.write_text("", "utf-8")
        person = Person("d", "", str(saved), *answers)
        if answers:
            importer.talk(person)
        else:
            with pytest.raises(NothingImportedError):
                importer.talk(person)
        assert "how.toml exists. Replace it? [y/N]\n" in person.shown
        assert saved.read_text("utf-8") == text or text is None
    assert "order = " in saved.read_text("utf-8")
    assert importer.mine.read_text("utf-8") == ""


@FEW
def test_whoever_leaves_at_any_question_leaves_the_files(case: str, importer: Importer) -> None:
    text, answers, _ = OPEN[case]
    importer.write(text)
    files = importer.left()
    for number in range(len(answers) + 1):
        for leaving in ([], ["q"]):
            person = Person(*answers[:number], *leaving)
            with pytest.raises(NothingImportedError, match="nothing was imported"):
                importer.talk(person)
            assert ("with your answers: korea import" in person.shown) == (number > 0)
            assert importer.mine.read_text("utf-8") == ""
            assert importer.left() == files


def test_an_answer_that_is_wrong_is_asked_for_again_with_the_reason(importer: Importer) -> None:
    importer.write("Date,Remarks\n2031-01-02,The envoys meet\n")
    person = Person("Nothing", "{Nothing}", "Remarks", "Nothing=title", "Remarks=titel", "maybe", "", "")
    importer.talk(person)
    assert "\n--title 'Nothing' names no column, such as {Date}\nNo column looks like the title" in person.shown
    assert "columns look like" not in person.shown
    assert "unknown column 'Nothing'. Allowed values: Date, Remarks\n" in person.shown
    assert "unknown key 'titel'. Did you mean 'title'?" in person.shown
    assert "Type y, n, or COLUMN=KEY" in person.shown
    assert tomli.loads(importer.mine.read_text("utf-8"))["events"][0]["title"] == "The envoys meet"


@pytest.mark.parametrize(
    "text",
    [
        '[{"label": "A", "date": "2031"}, {"headline": "B", "date": "2032"}]',
        (
            '[{"event": "http://www.wikidata.org/entity/Q1", "label": "A", "date": "2031"},'
            ' {"event": "http://www.wikidata.org/entity/Q2", "label": "B", "date": "2032"}]'
        ),
        "event,label,date\nhttp://www.wikidata.org/entity/Q1,A,2031\nhttp://www.wikidata.org/entity/Q2,B,2032\n",
        "Title,Event,Date\nA,x,2031\nB,y,2032\n",
        PLAIN,
    ],
)
def test_what_rows_or_values_settle_is_not_asked(text: str, importer: Importer) -> None:
    importer.write(text)
    importer.talk(Person(""))
    assert len(tomli.loads(importer.mine.read_text("utf-8"))["events"]) == 2


def test_a_column_can_be_read_differently_and_the_table_shows_it(importer: Importer) -> None:
    person = Person("Place=note", "y", "")
    importer.talk(person)
    assert [table[2].key for table in person.tables] == ["place", "note"]
    assert tomli.loads(importer.mine.read_text("utf-8"))["events"][0]["note"] == "Geneva"


def test_what_another_program_adds_meanwhile_stays(importer: Importer) -> None:
    def interrupted() -> str:
        importer.mine.write_text('[[events]]\nid = "old"\ntitle = "Old"\ndate = "2030"\n', "utf-8")
        return "y"

    person = Person(interrupted, "y")
    importer.talk(person)
    assert f"another program has changed {importer.mine} meanwhile\n" in person.shown
    assert len(tomli.loads(importer.mine.read_text("utf-8"))["events"]) == 3


def test_a_question_is_not_asked_twice_and_enter_means_what_happens_without_one(importer: Importer) -> None:
    text = "Date,Title\n01/02/2031,Talks\n2004-5,Launch\n2031,Same\n2031,Same\n"
    importer.write(text)
    person = Person("", "", "", "")
    outcome = importer.talk(person)
    assert person.answers == []
    assert person.shown.count("Which comes first?") == 1
    assert outcome.error is not None
    assert len(tomli.loads(importer.mine.read_text("utf-8"))["events"]) == 2
    assert "Would import 2 events into" in person.shown
    assert outcome.notes == []  # nothing was answered otherwise


def test_a_dry_run_asks_and_confirms_nothing(importer: Importer) -> None:
    importer.write("Date,Title\n01/02/2031,Talks\n")
    outcome = importer.talk(Person("d"), dry=True)
    assert "Would import 1 event" in outcome.text
    assert "--day-first" in outcome.notes[0]
    assert importer.mine.read_text("utf-8") == ""


def test_what_the_command_line_has_wrong_is_no_question(importer: Importer) -> None:
    with pytest.raises(UsageError, match="unknown column 'Nothing'"):
        importer.talk(Person(), "Nothing=title")
    importer.sheet.unlink()
    with pytest.raises(KoreaError, match="no such file"):
        importer.talk(Person())


def test_nested_values_are_shown_by_their_paths(importer: Importer) -> None:
    importer.write('[{"title": "A", "date": "2031", "at": {"lat": 1}, "actors": [{"name": "Lee"}, "Kim"], "x": null}]')
    person = Person("")
    importer.talk(person)
    shown = {each.heading: (each.key, each.samples) for each in person.tables[0]}
    assert shown["at.lat"] == ("", ("1",))
    assert shown["actors"] == ("actors", ("Lee; Kim",))
    assert shown["x"] == ("", ())


def test_answers_are_kept_where_the_file_cannot_be_written(importer: Importer) -> None:
    def broken() -> str:
        importer.mine.write_text("title", "utf-8")
        return "y"

    importer.write("Date,Title\n01/02/2031,Talks\n")
    person = Person("d", broken, "", "y", "")
    with pytest.raises(KoreaError, match="cannot make this change"):
        importer.talk(person)
    assert "with your answers: korea import" in person.shown
    assert person.shown.endswith(" --day-first --yes\n")


def test_of_several_sheets_with_rows_one_is_asked_for(importer: Importer) -> None:
    book = openpyxl.Workbook()
    for name in ("Notes", "Events"):
        sheet = book.create_sheet(name)
        for row in (["Date", "Title"], ["2031", name]):
            sheet.append(row)
    book.remove(book.worksheets[0])
    importer.sheet = importer.mine.with_name("book.xlsx")
    book.save(importer.sheet)
    person = Person("2", "y", "")
    outcome = importer.talk(person)
    assert "  1  Notes  2 rows\n  2  Events  2 rows\n(Enter: Notes; q leaves)\n" in person.shown
    assert "--sheet Events" in outcome.notes[-1]
    assert tomli.loads(importer.mine.read_text("utf-8"))["events"][0]["title"] == "Events"
    assert person.shown.startswith("The workbook has several sheets. Which one has the records?\n")
