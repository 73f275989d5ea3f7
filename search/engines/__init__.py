"""One interface, two engines: tantivy, embedded, and Elasticsearch."""
