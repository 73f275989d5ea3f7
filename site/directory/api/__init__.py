"""The directory for programs: HSDS 3.0."""
