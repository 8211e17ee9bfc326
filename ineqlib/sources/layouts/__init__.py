"""Publishers' layouts, one a file: bytes in, tidy frames out."""
