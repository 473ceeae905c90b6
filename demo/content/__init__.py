"""The demonstration boroughs as data. Everything here is made up; no name is a real place's."""
