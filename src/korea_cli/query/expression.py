"""Query expressions: terms joined by AND, OR, NOT and parentheses, within one argument or across several."""

from __future__ import annotations

from korea_cli.base.errors import UsageError
from korea_cli.base.hints import TYPE_CHECKING, Literal
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.query.position import QueryPosition, pointing_at
from korea_cli.query.quotes import end_of_quoted, is_opening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

OPERATORS = ("AND", "OR", "NOT")
_DEEPEST = 20  # parentheses and NOT within each other: the parser of SQLite keeps at most 100 open symbols


class ExpressionError(UsageError):
    """An expression that is not well-formed: the reason, the arguments joined by blanks, and the position in them."""

    hint = "To search for parentheses, AND, OR or NOT, put them in double quotes"

    def __init__(self, reason: str, expression: str, position: int) -> None:
        super().__init__(reason, expression, position)
        self.reason, self.expression, self.position = reason, expression, position
        self.excerpt = QueryPosition(expression, position).excerpt()

    def _message(self) -> str:
        return f"{self.reason}. {self.hint}"


class UnclosedQuoteError(ExpressionError):
    """A value that begins with a quotation mark and does not end with one, as where a shell takes it apart."""

    hint = "In a shell, put the whole expression in single quotes"


class Term(NamedTuple):
    """A field and the value to find in it, or to exclude; position: where in an expression it is."""

    field: str
    value: str
    negated: bool = False
    position: QueryPosition | None = None


class Group(NamedTuple):
    """Parts of a query: terms, and further groups.

    joint: `AND`, `OR` or `NOT` (which has one part); "" for parts side by side, among which terms of the same field are
    alternatives.
    """

    joint: Literal["", "AND", "OR", "NOT"]
    parts: tuple[Term | Group, ...]

    def terms(self) -> Iterator[Term]:
        """Yield all terms, those of the groups within it too."""
        for part in self.parts:
            yield from part.terms() if isinstance(part, Group) else (part,)


class Token(NamedTuple):
    """A parenthesis, an operator or a term, and where it begins in the arguments joined by blanks."""

    text: str
    start: int
    is_sign: bool = False


def as_typed(arguments: Sequence[str]) -> list[str]:
    """Return the arguments of a query with the usual form of each letter and sign, of which some keyboards have two."""
    return [each if each.isascii() else _usual_form(each) for each in map(str.strip, arguments)]


def _usual_form(argument: str) -> str:
    from unicodedata import normalize  # noqa: PLC0415 - most queries need no other form

    return normalize("NFKC", argument)


def free_names(names: Sequence[str], terms: Sequence[str]) -> Sequence[str]:
    """Return the names at the start of a query, without the last if AND or OR joins it to what follows."""
    return names[:-1] if {"AND", "OR"} & {*as_typed(terms[len(names) : len(names) + 1])} else names


def parse_expression(arguments: Sequence[str], read_term: Callable[[str], Term]) -> Group:
    """Parse the arguments of a query; raises ExpressionError where they are not well-formed, and what `read_term` does.

    NOT binds tightest, then parts side by side, then AND, then OR. An argument without operators in capitals and
    without parentheses is one term, also if it has blanks in it.
    """
    if not any(map(_may_be_expression, arguments)):
        return Group("", tuple(dict.fromkeys(map(read_term, arguments))))
    return _Parser(" ".join(arguments), list(tokens_of(arguments)), read_term).parse()


def _may_be_expression(argument: str) -> bool:
    return any(each in "()" or is_opening(each) for each in argument) or not set(OPERATORS).isdisjoint(argument.split())


def tokens_of(arguments: Sequence[str]) -> Iterator[Token]:
    """Yield the terms of a query, and the parentheses and operators between them."""
    start, whole = 0, " ".join(arguments)
    for argument in arguments:
        end = start + len(argument)
        tokens = list(_tokens_in(whole, start, end)) if _may_be_expression(argument) else []
        yield from tokens if any(token.is_sign for token in tokens) else (Token(argument, start),)
        start = end + 1


def _tokens_in(whole: str, start: int, end: int) -> Iterator[Token]:
    """Split a part of the arguments at blanks and parentheses."""
    while start < end:
        if whole[start].isspace():
            start += 1
        elif whole[start] in "()":
            yield Token(whole[start], start, is_sign=True)
            start += 1
        else:
            after = _end_of_word(whole, start, end)
            word = whole[start:after]
            yield Token(word, start, is_sign=word in OPERATORS)
            start = after


def _end_of_word(whole: str, start: int, end: int) -> int:
    """Return where a word ends: after a value in quotation marks, else before a blank or a parenthesis around it."""
    at, opened = start, 0
    while at < end and not whole[at].isspace():
        is_quoted = is_opening(whole[at])
        if is_quoted and (at == start or whole[at - 1] in ":="):
            closing = end_of_quoted(whole, at, end)
            if closing is None:
                raise UnclosedQuoteError("this quotation mark is not closed", whole, at)
            if not opened:
                return closing
            at = closing - 1
        elif (whole[at] == ")" and not opened) or ((is_quoted or whole[at] == "(") and whole[start:at] in OPERATORS):
            return at
        opened += (whole[at] == "(") - (whole[at] == ")")
        at += 1
    field, opening, _ = whole[start:at].partition(":(")
    if opening and (opened > 0 or field.casefold() == "not"):
        raise ExpressionError(_before_parentheses(field), whole, start)
    return at


def _before_parentheses(field: str) -> str:
    if field.casefold() == "not":
        return "write 'NOT (' instead of 'not:('"
    return f"write '{field}:' before each value, not before parentheses"


class _Parser:
    """Parses tokens from left to right; `_at` is the number of the next one."""

    def __init__(self, whole: str, tokens: list[Token], read_term: Callable[[str], Term]) -> None:
        self._whole, self._tokens, self._read_term = whole, tokens, read_term
        self._at, self._depth = 0, 0

    def parse(self) -> Group:
        """Return all tokens as one group."""
        group = self._joined("OR")
        if self._at < len(self._tokens):
            raise self._error("there is no '(' before this ')'")
        return group

    def _joined(self, operator: Literal["AND", "OR"]) -> Group:
        parts = [self._operand(operator)]
        while self._skip(operator):
            parts.append(self._operand(operator))
        return Group(operator, tuple(parts)) if len(parts) > 1 else parts[0]

    def _operand(self, operator: Literal["AND", "OR"]) -> Group:
        return self._joined("AND") if operator == "OR" else self._side_by_side()

    def _side_by_side(self) -> Group:
        parts: list[Term | Group] = []
        while self._next not in {"AND", "OR", ")", None}:
            parts.append(self._part())
        if not parts:
            raise self._error("a term is missing")
        return Group("", tuple(parts))

    def _part(self) -> Term | Group:
        """Return a term, something in parentheses, or either negated."""
        opening = self._at
        if self._skip("NOT"):
            if self._next in {"AND", "OR", ")", None}:
                raise self._error("a term is missing")
            return Group("NOT", (self._within(opening, self._part),))
        if not self._skip("("):
            self._at += 1
            return self._term(self._tokens[opening])
        group = self._within(opening, lambda: self._joined("OR"))
        if not self._skip(")"):
            raise self._error("this '(' is not closed", opening)
        return group

    def _term(self, token: Token) -> Term:
        position = QueryPosition(self._whole, token.start)
        with pointing_at(position):
            return self._read_term(token.text)._replace(position=position)

    def _within(self, opening: int, parse: Callable[[], Term | Group]) -> Term | Group:
        """Parse what follows an opening parenthesis or NOT."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._error(f"more than {_DEEPEST} parentheses and NOT within each other", opening)
        parsed = parse()
        self._depth -= 1
        return parsed

    @property
    def _next(self) -> str | None:
        """The next parenthesis or operator; None at the end, "" before a term."""
        if self._at == len(self._tokens):
            return None
        token = self._tokens[self._at]
        return token.text if token.is_sign else ""

    def _skip(self, sign: str) -> bool:
        found = self._next == sign
        self._at += found
        return found

    def _error(self, reason: str, number: int | None = None) -> ExpressionError:
        """Return an error at a token; by default at the next one, or at the end."""
        at = self._at if number is None else number
        position = self._tokens[at].start if at < len(self._tokens) else len(self._whole)
        return ExpressionError(reason, self._whole, position)
