"""The approval record of an adopted edition: build it, verify it without a site, set it as PDF/A-2a."""
