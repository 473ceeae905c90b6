"""On what terms the catalogue may be used. Kept in the files, so never translated."""

LICENCE = "Open Government Licence v3.0"
LICENCE_URL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
