"""How much one person, or one network, may ask and send."""
