"""Posters, cards and pictures to share, made from the texts and numbers of the public site."""
