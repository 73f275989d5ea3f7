"""Search for programs: JSON with an OpenAPI, and Atom. The same reader, the same query, the same rights as on
the page."""
