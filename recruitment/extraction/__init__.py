"""Reads a news text and proposes figures: who says how many of whom, on which side.

Rules over a lexicon (`lexicon/`), in English, Ukrainian, Russian, Spanish and French; no
database, no network, no model. Each step is a module: tokens, numbers, areas, counted
(whom a number counts), metrics, countries, sides, claimants, dates, scopes.
"""

from recruitment.extraction.candidates import Candidate, extract

__all__ = ["Candidate", "extract"]
