"""What cannot be read is refused in words that an editor can act on."""


class UnreadableError(ValueError):
    """Says to an editor why a file or pasted text could not be read."""
