"""All that a country owns, as open files that another installation takes in (docs/leaving.md)."""
