"""The approval record of an adopted edition: what was adopted, by which procedure, who signed off, which
acts.

:mod:`.build` makes it, :mod:`.verify` recomputes it without a site (pure), :mod:`.pdf` sets it as PDF/A-2a.
"""
