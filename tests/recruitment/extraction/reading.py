"""Reads one sentence as the tests do: what is proposed of it, in few words."""

from recruitment.extraction import extract

# A sentence alone names no war; this stands before it and claims no figure.
HEADINGS = {
    "en": "Russia’s war against Ukraine.",
    "uk": "Війна Росії проти України.",
    "ru": "Война России против Украины.",
    "es": "La guerra de Rusia contra Ucrania.",
    "fr": "La guerre de la Russie contre l’Ukraine.",
}


def candidates(text, language="en", **options):
    heading = HEADINGS[language]
    return extract(f"{heading}\n\n{text}", language=language, **options)


def figures(text, language="en"):
    """Give country, metric, low and high of what a text seems to claim."""
    return [
        (one.country, one.metric, one.low, one.high)
        for one in candidates(text, language)
    ]


def counts(text, language="en"):
    """Give country, metric and lower bound of what a text seems to claim."""
    return [(code, metric, low) for code, metric, low, _ in figures(text, language)]


def only(text, language="en", **options):
    """Give the one candidate of a text."""
    (one,) = candidates(text, language, **options)
    return one
