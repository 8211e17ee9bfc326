"""From a run file to a folder of briefings: made, checked, published, and compared later."""
