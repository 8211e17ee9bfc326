"""Whether a finished page is what its document says, built again."""
