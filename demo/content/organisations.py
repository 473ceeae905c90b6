"""Every hirer of both boroughs."""

from demo.content import organisations_eastwold, organisations_northmere

ORGANISATIONS = (*organisations_northmere.ORGANISATIONS, *organisations_eastwold.ORGANISATIONS)
