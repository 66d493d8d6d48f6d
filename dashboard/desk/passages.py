"""An article's text in pieces, so that the passages of its candidates can be marked.

Passages may overlap; no element may. So the text is cut wherever a passage begins or ends,
and each piece knows all candidates that it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from recruitment.models import Candidate


@dataclass(frozen=True)
class Piece:
    """Some characters of a paragraph, and the candidates in whose passages they lie."""

    text: str
    of: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()  # candidates whose passage begins here


def paragraphs(text: str, candidates: Iterable[Candidate]) -> Iterator[list[Piece]]:
    """Give the pieces of each paragraph that has words, in the order of the text."""
    spans = {one.pk: (one.start, min(one.end, len(text))) for one in candidates}
    ends = {end for span in spans.values() for end in span}
    begun: set[int] = set()
    place = 0
    for line in text.split("\n"):
        stop = place + len(line)
        if line.strip():
            cuts = sorted({place, stop, *(end for end in ends if place < end < stop)})
            pieces = []
            for start, end in pairwise(cuts):
                of = [pk for pk, span in spans.items() if _meets(span, start, end)]
                new = tuple(pk for pk in of if pk not in begun)
                begun.update(new)
                pieces.append(Piece(text[start:end], tuple(of), new))
            yield pieces
        place = stop + 1


def around(candidate: Candidate) -> list[list[Piece]]:
    """Give the paragraphs that a passage stands in, with the passage marked."""
    found = paragraphs(candidate.article.text, [candidate])
    return [pieces for pieces in found if any(piece.of for piece in pieces)]


def _meets(span: tuple[int, int], start: int, end: int) -> bool:
    return span[0] < end and start < span[1]
