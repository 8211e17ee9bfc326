"""A place to work in without a clone: projects with notebooks, templates, a check of own figures."""
