"""Projects: a folder with notebooks, run files and templates for figures of one's own."""
