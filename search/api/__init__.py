"""Search for programs: JSON with an OpenAPI, and Atom, with the rights of the page."""
