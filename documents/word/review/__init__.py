"""Review a Word file that came back: what is otherwise in it than in the text that went out, block by
block."""
