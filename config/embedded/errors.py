"""What can go wrong with the embedded database, in a sentence for the person at the screen."""


class EmbeddedError(RuntimeError):
    """The embedded database cannot be used; the message says what to do about it."""
