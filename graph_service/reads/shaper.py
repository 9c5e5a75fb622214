"""The shaper: the record of a statement becomes the data of the response, by Python written for its layout.

One function for each list and one for the whole, with every check and key written out, so that a leaf costs a tenth
of what the stock executor takes for it. Keys stand in the order of the document. A value that does not fit its type
raises; the stock executor then answers over the same rows, so that errors, paths and nulls above them are its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from graphql import GraphQLEnumType

from graph_service.reads.layout import BESIDE, ROWS, SIZE, Each, Listed, Nothing, OneOf, Paged, Part, Record, Value
from graph_service.reads.leaves import Unfit, check_of, leaf, words_of
from graph_service.reads.paging import OF_ROWS, cursor_of
from graph_service.reads.selection import inner_type, nullable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from graph_service.reads.layout import Layout
    from graph_service.reads.selection import SelectedField, Selection

    Left = list[tuple[dict[str, Any], SelectedField, str, int]]
    """Fields left to the network: the object each belongs to, the field, the node's id, the slot of its world."""

    Shape = Callable[[Sequence[Any], Left], dict[str, Any]]
    Write = Callable[["_Block", str], str]

NESTED_MAX: Final = 12
"""Objects written into one another in one function: Python takes 100 levels of indentation."""
NOTHING_TAKEN: Final[Mapping[Any, str]] = MappingProxyType({})
MISFITS: Final = (Unfit, LookupError, TypeError, ValueError, ArithmeticError, AttributeError)
"""What a value that fits nothing makes a shaper raise; serialisers of leaves raise what they like of these.

GraphQLError, which graphql-core's own raise, is listed where shapers are called.
"""


@dataclass(frozen=True, slots=True)
class PieceShape:
    """The shaper of an operation that is one page: of some of its rows, and of what stands around the lists of rows.

    `lists` gives a list for each of the `number` of fields that show rows; `around` takes these lists of all rows.
    """

    number: int
    lists: Callable[[Sequence[Any], Left], Sequence[list[Any]]]
    around: Callable[[Sequence[Any], Left, Sequence[Any]], dict[str, Any]]


def shaper(selection: Selection, layouts: Mapping[str, Layout]) -> Shape:
    """Write the shaper of a whole operation: `layouts` by response key, in the order of the record's columns."""
    source = _Source()
    _operation(source, selection, layouts, "record, left")
    return source.run()["shape"]


def piece_shaper(selection: Selection, key: str, page: Paged) -> PieceShape:
    """Write the shapers of an operation whose only field is a page at `key`."""
    source = _Source(in_pieces=page)
    _operation(source, selection, {key: page}, "record, left, lists")
    block = _Block(1)
    block.line(f"return ({''.join(f'{each}, ' for each in source.lists)})")
    source.define("lists(rows, left)", block)
    functions = source.run()
    return PieceShape(len(source.lists), functions["lists"], functions["shape"])


def _operation(source: _Source, selection: Selection, layouts: Mapping[str, Layout], parameters: str) -> None:
    block = _Block(1)
    columns = {key: column for column, key in enumerate(layouts)}
    items: list[str] = []
    for key, field in selection.response_by_type[selection.type.name]:
        if field is None:
            items.append(f"{key!r}: {selection.type.name!r}")
            continue
        variable = source.name("c")
        block.line(f"{variable} = record[{columns[key]}]")
        items.append(f"{key!r}: {source.value(block, layouts[key], field.type, variable)}")
    block.line(f"return {{{', '.join(items)}}}")
    source.define(f"shape({parameters})", block)


def completer(field: SelectedField) -> Callable[[Any], Any]:
    """Write what completes the row, list or scalar that an answer became (reads/projection.py)."""
    source = _Source(by_key=True)
    block = _Block(1)
    block.line(f"return {source.value(block, _rows_layout(field.type, field.below), field.type, 'record')}")
    source.define("shape(record, left)", block)
    shape = source.run()["shape"]
    return lambda value: shape(value, [])


def _rows_layout(type_: Any, selection: Selection | None) -> Layout:
    """Give the layout of rows: each value stands under its response key, a row knows its type."""
    inner = nullable(type_)
    if getattr(inner, "of_type", None) is not None and selection is not None:
        return Each(_rows_layout(inner_type(inner), selection))
    if selection is None:
        return Value()
    records = {
        typename: Record(
            selection,
            typename,
            tuple(Part(field, field.key, _rows_layout(field.type, field.below)) for field in fields),
        )
        for typename, fields in selection.fields_by_type.items()
    }
    return next(iter(records.values())) if len(records) == 1 else OneOf(records)


def _columns(record: Record) -> Sequence[int]:
    """Give the columns that are taken out of a row in one step, where most of them are used: an index costs twice."""
    used = sorted({part.column for part in record.parts if isinstance(part.column, int)})
    return used if record.width is not None and len(used) * 2 >= record.width else []


class _Block:
    """Lines of one function at one depth."""

    def __init__(self, depth: int, lines: list[str] | None = None) -> None:
        self.depth = depth
        self.lines = [] if lines is None else lines

    def line(self, text: str) -> None:
        self.lines.append("    " * self.depth + text)

    def below(self) -> _Block:
        return _Block(self.depth + 1, self.lines)


class _Source:
    """The source of one shaper and the names it refers to; `by_key` for rows, whose values stand under their keys.

    Of a page `in_pieces`, the calls that shape its rows are put into `lists` instead of in their places.
    """

    def __init__(self, *, by_key: bool = False, in_pieces: Paged | None = None) -> None:
        self.lists: list[str] = []
        self._by_key = by_key
        self._in_pieces = in_pieces
        self._functions: list[str] = []
        self._names: dict[str, Any] = {"Unfit": Unfit}
        self._given = 0

    def name(self, letter: str) -> str:
        """Give a name that nothing else has."""
        self._given += 1
        return f"{letter}{self._given}"

    def define(self, head: str, block: _Block) -> None:
        """Add a function."""
        self._functions.append("\n".join([f"def {head}:", *block.lines]))

    def run(self) -> dict[str, Any]:
        """Compile what was written, and give its functions.

        Names of the schema and of the document stand there as literals, no value of a client does.
        """
        exec(compile("\n".join(self._functions), "<shaper>", "exec"), self._names)  # noqa: S102 - see above
        return self._names

    def value(self, block: _Block, layout: Layout, type_: Any, variable: str) -> str:
        """Write what checks and completes the value of `variable`; give the expression of the result."""
        if isinstance(layout, Value):
            return self._leaf(block, layout, type_, variable)
        inner = nullable(type_)
        if isinstance(layout, Nothing):
            block.line("raise Unfit" if inner is not type_ else "pass")
            return "None"
        if inner is type_:
            result = self.name("o")
            block.line(f"if {variable} is None:")
            block.below().line(f"{result} = None")
            block.line("else:")
            self._into(result, block.below(), layout, inner, variable)
            return result
        if not (isinstance(layout, Record) and _columns(layout)):  # taking columns out of None raises, too
            block.line(f"if {variable} is None: raise Unfit")
        return self._composite(block, layout, inner, variable)

    def _into(self, result: str, block: _Block, layout: Layout, type_: Any, variable: str) -> None:
        if block.depth > NESTED_MAX:
            function, own = self.name("f"), _Block(1)
            own.line(f"return {self._composite(own, layout, type_, 'value')}")
            self.define(f"{function}(value, left)", own)
            block.line(f"{result} = {function}({variable}, left)")
        else:
            block.line(f"{result} = {self._composite(block, layout, type_, variable)}")

    def _composite(self, block: _Block, layout: Layout, type_: Any, variable: str) -> str:
        match layout:
            case Record():
                return self._object(block, layout, variable)
            case OneOf():
                return self._one_of(block, layout, variable)
            case Each(item):
                return self._each(variable, lambda each, row: self.value(each, item, inner_type(type_), row))
            case Listed():
                return self._listed(block, layout, inner_type(type_), variable)
            case Paged():
                return self._page(block, layout, variable)
            case _:
                raise AssertionError(f"{layout} is no object")

    def _leaf(self, block: _Block, layout: Value, type_: Any, variable: str) -> str:
        inner = nullable(type_)
        missing_is_null = inner is type_
        if isinstance(inner, GraphQLEnumType):
            words = self.name("w")
            self._names[words] = words_of(inner, layout.decode)
            return f"None if {variable} is None else {words}[{variable}]" if missing_is_null else f"{words}[{variable}]"
        check = check_of(inner) if layout.decode is None else None
        if check is None:
            function = self.name("s")
            self._names[function] = leaf(type_, layout.decode)
            return f"{function}({variable})"
        missing = f"{variable} is not None and " if missing_is_null else ""
        block.line(f"if {missing}{check.format(v=variable)}: raise Unfit")
        return variable

    def _object(self, block: _Block, record: Record, variable: str) -> str:
        parts = {id(part.field): part for part in record.parts}
        values = {column: self.name("v") for column in _columns(record)}
        if values:
            targets = [values.get(column, "_") for column in range(record.width or 0)]
            block.line(f"{', '.join(targets)}, = {variable}")
        items: list[str] = []
        for key, field in record.selection.response_by_type[record.typename]:
            part = parts.get(id(field))
            if field is None:
                items.append(f"{key!r}: {record.typename!r}")
            elif part is None:
                items.append(f"{key!r}: None")
            else:
                items.append(f"{key!r}: {self._part(block, part, variable, values)}")
        text = f"{{{', '.join(items)}}}"
        if not record.computed:
            return text
        result = self.name("o")
        block.line(f"{result} = {text}")
        for field in record.computed:
            left = self.name("l")
            self._names[left] = field
            block.line(f"left.append(({result}, {left}, {variable}[{record.identity}], {record.world}))")
        return result

    def _part(self, block: _Block, part: Part, row: str, taken: Mapping[Any, str] = NOTHING_TAKEN) -> str:
        if part.column is None:
            return self.value(block, part.layout, part.field.type, row)
        if part.column in taken:
            return self.value(block, part.layout, part.field.type, taken[part.column])
        variable = self.name("v")
        block.line(f"{variable} = {row}[{part.column!r}]")
        return self.value(block, part.layout, part.field.type, variable)

    def _one_of(self, block: _Block, layout: OneOf, variable: str) -> str:
        result, word = self.name("o"), "if"
        typename = f"{variable}.typename" if self._by_key else f"{variable}[0]"
        for name, record in layout.records.items():
            block.line(f"{word} {typename} == {name!r}:")
            self._into(result, block.below(), record, None, variable)
            word = "elif"
        block.line("else: raise Unfit")
        return result

    def _each(self, rows: str, write: Write) -> str:
        """Write the function of a list, whose items `write` writes; give its call."""
        function, row, own = self.name("f"), self.name("r"), _Block(2)
        item = write(own, row)
        if own.lines:
            lines = ["    made = []", f"    for {row} in rows:", *own.lines, f"        made.append({item})"]
            self._functions.append("\n".join([f"def {function}(rows, left):", *lines, "    return made"]))
        else:
            self._functions.append(f"def {function}(rows, left):\n    return [{item} for {row} in rows]")
        return f"{function}({rows}, left)"

    def _listed(self, block: _Block, layout: Listed, type_: Any, variable: str) -> str:
        found = self.name("d")
        block.line(f"{found} = {{}}")
        for column, record in enumerate(layout.records, start=1):
            row = self.name("r")
            block.line(f"for {row} in {variable}[{column}]:")
            below = block.below()
            below.line(f"{found}[{row}[0]] = {self._object(below, record, row)}")
        if nullable(type_) is not type_:
            block.line(f"if not {found}.keys() >= set({variable}[0]): raise Unfit")
        return f"[{found}.get(each) for each in {variable}[0]]"

    def _page(self, block: _Block, page: Paged, variable: str) -> str:
        parts = {id(part.field): part for part in (*page.parts, *page.nodes)}
        rows = _PageNames(*(self.name(letter) for letter in "rmkb"))
        response = page.selection.response_by_type[page.selection.type.name]
        names = {field.name for _, field in response if field is not None}
        if names & OF_ROWS:
            self._names[rows.cursor] = cursor_of(page)
            fetched = variable if page.bare else f"{variable}[{ROWS}][:{variable}[{SIZE}]]"
            block.line(f"{rows.rows} = {fetched}{'[::-1]' if page.backward else ''}")
        if "pageInfo" in names and not page.bare:
            total = f"{variable}[{page.total}]" if page.total is not None else f"len({variable}[{ROWS}])"
            block.line(f"{rows.more} = {total} > {variable}[{SIZE}]")
            block.line(f"{rows.beside} = bool({variable}[{BESIDE}])")
        items: list[str] = []
        for key, field in response:
            if field is None:
                items.append(f"{key!r}: {page.selection.type.name!r}")
            elif field.name == "nodes":
                part = parts[id(field)]
                items.append(f"{key!r}: {self._rows(page, rows, self._node(part))}")
            elif field.name == "edges":
                items.append(f"{key!r}: {self._rows(page, rows, self._edge(field, parts, rows))}")
            elif field.name == "pageInfo":
                items.append(f"{key!r}: {self._info(field, rows, backward=page.backward)}")
            else:
                items.append(f"{key!r}: {self._part(block, parts[id(field)], variable)}")
        return f"{{{', '.join(items)}}}"

    def _rows(self, page: Paged, names: _PageNames, write: Write) -> str:
        """Write the list of a page's rows, or take it from those that were made piece by piece."""
        if page is not self._in_pieces:
            return self._each(names.rows, write)
        self.lists.append(self._each("rows", write))
        return f"lists[{len(self.lists) - 1}]"

    def _node(self, part: Part) -> Write:
        """Write a row of `nodes`, whose type is that of an item."""
        item = inner_type(nullable(part.field.type))
        if part.column is None:
            return lambda block, row: self.value(block, part.layout, item, row)

        def write(block: _Block, row: str) -> str:
            variable = self.name("v")
            block.line(f"{variable} = {row}[{part.column!r}]")
            return self.value(block, part.layout, item, variable)

        return write

    def _edge(self, field: SelectedField, parts: Mapping[int, Part], rows: _PageNames) -> Write:
        assert field.below is not None
        selection = field.below

        def write(block: _Block, row: str) -> str:
            items: list[str] = []
            for key, below in selection.response_by_type[selection.type.name]:
                if below is None:
                    items.append(f"{key!r}: {selection.type.name!r}")
                elif below.name == "cursor":
                    items.append(f"{key!r}: {rows.cursor}({row})")
                else:
                    items.append(f"{key!r}: {self._part(block, parts[id(below)], row)}")
            return f"{{{', '.join(items)}}}"

        return write

    def _info(self, field: SelectedField, rows: _PageNames, *, backward: bool) -> str:
        assert field.below is not None
        values = {
            "hasNextPage": rows.beside if backward else rows.more,
            "hasPreviousPage": rows.more if backward else rows.beside,
            "startCursor": f"{rows.cursor}({rows.rows}[0]) if {rows.rows} else None",
            "endCursor": f"{rows.cursor}({rows.rows}[-1]) if {rows.rows} else None",
        }
        response = field.below.response_by_type[field.below.type.name]
        items = [f"{key!r}: {repr('PageInfo') if each is None else values[each.name]}" for key, each in response]
        return f"{{{', '.join(items)}}}"


class _PageNames:
    """The names of a page's variables: its rows, whether more follow, whether rows stand beside, and its cursors."""

    def __init__(self, rows: str, more: str, cursor: str, beside: str) -> None:
        self.rows = rows
        self.more = more
        self.cursor = cursor
        self.beside = beside
