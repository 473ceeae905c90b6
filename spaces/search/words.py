"""Which venues the words that somebody typed may mean: by stem, and forgiving of slips."""

from __future__ import annotations

from core import sql

_LONGEST_TEXT = 100
_MOST = 2_000
# `%%>` is pg_trgm's "contains something like this word", as alike as the session says
# (config/settings/database.py). Whole words come before slips of the pen.
_MATCHES = """
WITH asked AS MATERIALIZED (
    SELECT websearch_to_tsquery('english', spaces_plain(%(text)s::text)) AS stems
), word AS MATERIALIZED (
    SELECT DISTINCT word FROM unnest(string_to_array(spaces_plain(%(text)s::text), ' ')) AS word
    WHERE to_tsvector('english', word) <> ''::tsvector
), found AS (
    SELECT words.venue_id, 1 + ts_rank(words.stems, asked.stems) AS rank
    FROM asked JOIN spaces_venuewords words ON words.stems @@ asked.stems
    UNION ALL
    SELECT words.venue_id, avg(word_similarity(word, words.plain)) AS rank
    FROM word JOIN spaces_venuewords words ON words.plain %%> word
    GROUP BY 1 HAVING count(*) = (SELECT count(*) FROM word)
)
SELECT found.venue_id, max(found.rank) FROM found
JOIN spaces_venue venue ON venue.id = found.venue_id AND venue.visibility = 'public'
GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %(most)s::int
"""


def which_match(text: str) -> dict[int, float]:
    """Public venues by id with how well `text` describes them, the best first. One query.

    Accents, case, endings and small slips do not matter; all words count. Empty text: nothing.
    """
    asked = " ".join(text.split())[:_LONGEST_TEXT]
    if not asked:
        return {}
    found = sql.rows_planned_anew(_MATCHES, {"text": asked, "most": _MOST})
    return {venue_id: float(rank) for venue_id, rank in found}
