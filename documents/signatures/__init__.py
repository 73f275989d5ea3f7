"""Signatures in PDF files: judged offline against imported trusted lists, and made. Pure, knows no Django."""
