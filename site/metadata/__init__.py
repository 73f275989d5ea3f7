"""What programs read of the public library: feeds, sitemaps, harvesting, linked data."""
