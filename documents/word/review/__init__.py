"""Review a returned Word file: its differences from the exported text, block by block."""
