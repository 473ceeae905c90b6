"""Pages on which managers keep their venues."""
