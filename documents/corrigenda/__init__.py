"""Corrigenda: slips in adopted text, mended by an overlay with its own act; the adopted bytes stay.
:mod:`.substitution` (pure) puts the words into a text, :mod:`.overlay` finds the corrigenda of an edition."""
