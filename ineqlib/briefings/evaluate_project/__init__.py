"""Did a project work? A difference in differences beside similar areas, with its placebo rate."""
