"""Turns the bytes that an editor hands in into the text that is read and kept.

Places of passages are counted in `Text.text`, the text that is stored, never in the file.
Plain text is kept as it came, but for its line ends and byte order mark; so the same
article has one SHA-256, whether it was pasted or uploaded.
"""

from recruitment.texts.reading import MAX_BYTES, MAX_CHARACTERS, Text, read_text
from recruitment.texts.refusing import UnreadableError

__all__ = ["MAX_BYTES", "MAX_CHARACTERS", "Text", "UnreadableError", "read_text"]
