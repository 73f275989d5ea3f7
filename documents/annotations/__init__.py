"""Comments and suggestions on texts: anchors, blocks and what is suggested (pure), and what can be done with them."""
