"""What the words of a text are, so that a search finds all their forms. Pure: no Django, no engine."""

from search.analysis.analyser import Analyser, Token
from search.analysis.families import FAMILIES, family_of

__all__ = ["FAMILIES", "Analyser", "Token", "family_of"]
