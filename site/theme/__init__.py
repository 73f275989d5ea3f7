"""How Kodeks looks: templates, CSS, icons, fonts and the template tags that draw its components."""
