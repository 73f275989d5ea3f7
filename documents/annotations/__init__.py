"""Comments on texts: their anchors (:mod:`.anchor`, pure) and what can be done with them (:mod:`.actions`)."""
