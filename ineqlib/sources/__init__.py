"""Publishers' files turned into tidy frames; what is left out is counted."""
