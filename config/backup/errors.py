"""What can go wrong with a backup."""


class BackupError(RuntimeError):
    """Nothing was changed; the message says why and what to do."""
