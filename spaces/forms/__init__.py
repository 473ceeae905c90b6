"""Forms of the pages on which managers keep their venues."""
