"""What the words of a text are, so that a search finds all their forms. Pure: no Django, no engine."""

from search.analysis.analyser import Analyser
from search.analysis.families import FAMILIES, family_of
from search.analysis.token import Token

__all__ = ["FAMILIES", "Analyser", "Token", "family_of"]
