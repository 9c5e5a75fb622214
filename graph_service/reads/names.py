"""Names: every name and alias of the store, for fuzzy search (rapidfuzz), kept until the data version moves."""

from __future__ import annotations

import asyncio
import unicodedata
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

import numpy as np
from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from graph_service.model.kinds import Kind
    from graph_service.store.store import Store

HIT_FROM: Final = 72.0
"""Likeness from which a name is a hit: one typo in five letters, two in ten."""

SUGGESTIONS_MAX: Final = 5

ROUGHLY_FROM: Final = 55.0
"""Rough likeness from which a name is looked at closely; below what any hit can have."""

NEAREST: Final = 50
"""Names looked at closely in any case, so that there is something to suggest."""

LABELS: Final = ("Nation", "Bloc", "Company", "Component", "Partnership", "Deployment")


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity whose name or alias is like the text; `score` 0 to 100."""

    score: float
    matched: str
    entity: str
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: hits by score, name, id; suggestions only where there is no hit."""

    hits: tuple[Hit, ...]
    suggestions: tuple[str, ...]
    total_count: int


@dataclass(frozen=True, slots=True)
class NameIndex:
    """All names of one data version: beside one another the folded text, the text itself and its entity."""

    data_version: str
    folded: Sequence[str]
    texts: Sequence[str]
    ids: Sequence[str]
    name_by_id: dict[str, str]

    def search(self, text: str, kinds: Collection[Kind] | None) -> Found:
        """Find the entities that are called something like `text`.

        Case, accents, width and punctuation do not count. Typos count little, missing words more.
        """
        wanted = folded(text)
        if not wanted:
            return Found((), (), 0)
        prefixes = tuple(f"{kind}:" for kind in kinds) if kinds else ("",)
        best: dict[str, Hit] = {}
        for place in self._candidates(wanted):
            node_id = self.ids[place]
            if not node_id.startswith(prefixes):
                continue
            score = likeness(wanted, self.folded[place])
            known = best.get(node_id)
            if known is None or score > known.score:
                best[node_id] = Hit(score, self.texts[place], node_id, self.name_by_id[node_id])
        ranked = sorted(best.values(), key=lambda hit: (-hit.score, hit.name, hit.entity))
        hits = tuple(hit for hit in ranked if hit.score >= HIT_FROM)
        suggestions = () if hits else tuple(dict.fromkeys(hit.name for hit in ranked))[:SUGGESTIONS_MAX]
        return Found(hits, suggestions, len(hits))

    def _candidates(self, wanted: str) -> list[int]:
        """Choose the names worth a closer look: by three rough measures, each over all names at once."""
        measures = (fuzz.ratio, fuzz.token_set_ratio, fuzz.partial_ratio)
        scores = [process.cdist([wanted], self.folded, scorer=measure)[0] for measure in measures]
        rough = np.maximum.reduce(scores)
        least = min(ROUGHLY_FROM, np.partition(rough, -NEAREST)[-NEAREST] if len(rough) > NEAREST else 0.0)
        return np.flatnonzero(rough >= least).tolist()


def folded(text: str) -> str:
    """Fold what does not tell names apart: case, accents, width, punctuation, runs of space."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    letters = (
        character if character.isalnum() else " " for character in decomposed if not unicodedata.combining(character)
    )
    return unicodedata.normalize("NFC", " ".join("".join(letters).split()))


def likeness(wanted: str, name: str) -> float:
    """Measure how alike two folded texts are, 0 to 100; 100 only for equal texts.

    A name that begins with the text, or holds it as whole words, is nearly as good, the better the more of the
    name it is; otherwise the number of edits decides, word order aside.
    """
    if wanted == name:
        return 100.0
    share = len(wanted) / max(len(name), 1)
    if name.startswith(wanted):
        return 90.0 + 9.0 * share
    if f" {wanted}" in f" {name}":
        return 85.0 + 9.0 * share
    if len(wanted) >= SUBSTRING_FROM and wanted in name:
        return 75.0 + 9.0 * share
    return min(89.0, max(fuzz.ratio(wanted, name), 0.97 * fuzz.token_sort_ratio(wanted, name), _words(wanted, name)))


SUBSTRING_FROM: Final = 3


def _words(wanted: str, name: str) -> float:
    """Compare each word of the text with the most alike word of a name, a little below a match of whole names."""
    words = name.split()
    likenesses = [max(fuzz.ratio(word, other) for other in words) for word in wanted.split()] if words else []
    return 0.9 * sum(likenesses) / len(likenesses) if likenesses and min(likenesses) >= WORD_FROM else 0.0


WORD_FROM: Final = 60.0
"""Likeness below which a word of the text is missing from a name."""


class Names:
    """The name index of a store; loaded anew when the data version has moved."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._index: NameIndex | None = None
        self._turn = asyncio.Lock()

    async def index(self) -> NameIndex:
        """Give the names of the current data version."""
        version = (await self._store.data_version()).version
        async with self._turn:
            if self._index is None or self._index.data_version != version:
                self._index = await self._load(version)
            return self._index

    async def _load(self, version: str) -> NameIndex:
        named = [(await self._store.read(f"read/names_{label.lower()}"))[0][0] for label in LABELS]
        return await asyncio.to_thread(_indexed, version, chain.from_iterable(named))


def _indexed(version: str, named: Iterable[tuple[str, str, Sequence[str]]]) -> NameIndex:
    """Fold all names, given by id, name and aliases; takes a second for a hundred thousand."""
    columns: list[tuple[str, str, str]] = []
    name_by_id: dict[str, str] = {}
    for node_id, name, aliases in named:
        name_by_id[node_id] = name
        columns.extend((folded(text), text, node_id) for text in dict.fromkeys([name, *aliases]))
    return NameIndex(
        version,
        folded=[text for text, _, _ in columns],
        texts=[text for _, text, _ in columns],
        ids=[node_id for _, _, node_id in columns],
        name_by_id=name_by_id,
    )
