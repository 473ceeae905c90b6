"""Pages. Each loads, asks a service or a query, and renders; no rule lives here."""
