"""Static files with the content's hash in the name, so that a browser may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Hashed names; a page naming a file that was not collected links to its plain name.

    Collecting itself stays strict: a style sheet that names a missing picture fails.
    Gzip only: WhiteNoise uses brotli when it is installed, which made collecting take 22 seconds.
    """

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The hashed name, or the plain one for a file we do not have."""
        try:
            return super().stored_name(name)
        except ValueError:
            return self.clean_name(name)
