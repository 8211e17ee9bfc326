"""From the bytes of a file to tables of text: packed, delimited, or sheets of a workbook."""
