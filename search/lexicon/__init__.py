"""Words across languages: what a query is in another language, learned from texts that stand in both. Pure: no Django."""

from search.lexicon.expanding import Term, expand
from search.lexicon.table import Table, TableError, read_table, write_table

__all__ = ["Table", "TableError", "Term", "expand", "read_table", "write_table"]
