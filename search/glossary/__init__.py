"""Words across languages: what a query is in another language, learned from texts that stand in both. Pure: no Django."""

from search.glossary.expanding import Term, expand
from search.glossary.table import Table, TableError, as_value, read_table, read_value, write_table

__all__ = ["Table", "TableError", "Term", "as_value", "expand", "read_table", "read_value", "write_table"]
