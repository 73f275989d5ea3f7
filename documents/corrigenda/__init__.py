"""Corrigenda: a slip in adopted text is mended by an overlay with an act of its own; the adopted bytes stay
(docs/decisions).

:mod:`.words` puts the corrected words into a text (pure), :mod:`.overlay` finds the corrigenda of an edition.
"""
