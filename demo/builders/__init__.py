"""Each module writes one kind of row of the demo, in bulk, from the content."""
