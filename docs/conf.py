"""The documentation as a site: `make docs`."""

project = "Kodeks"
author = "The maintainers of Kodeks"
release = "0.1.0"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "Kodeks 0.1.0"
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
suppress_warnings = ["toc.not_included"]  # decisions are listed in their own index
