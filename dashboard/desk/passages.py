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
    of: tuple[Candidate, ...] = ()
    starts: tuple[Candidate, ...] = ()  # those whose passage begins here


def paragraphs(text: str, candidates: Iterable[Candidate]) -> Iterator[list[Piece]]:
    """Give the pieces of each paragraph that has words, in the order of the text."""
    marked = list(candidates)
    ends = {end for one in marked for end in (one.start, one.end)}
    begun: set[int] = set()
    place = 0
    for line in text.split("\n"):
        stop = place + len(line)
        if line.strip():
            cuts = sorted({place, stop, *(end for end in ends if place < end < stop)})
            pieces = []
            for start, end in pairwise(cuts):
                of = [one for one in marked if one.start < end and start < one.end]
                new = [one for one in of if one.pk not in begun]
                begun.update(one.pk for one in new)
                pieces.append(Piece(text[start:end], tuple(of), tuple(new)))
            yield pieces
        place = stop + 1


def around(candidate: Candidate) -> list[list[Piece]]:
    """Give the paragraphs that a passage stands in, with the passage marked."""
    found = paragraphs(candidate.article.text, [candidate])
    return [pieces for pieces in found if any(piece.of for piece in pieces)]
