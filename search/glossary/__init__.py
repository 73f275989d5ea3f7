"""Words across languages, learned from texts that are in several. No Django."""

from search.glossary.expansion import Term, expand
from search.glossary.translation_table import Table, TableError, as_value, read_table, read_value, write_table

__all__ = ["Table", "TableError", "Term", "as_value", "expand", "read_table", "read_value", "write_table"]
