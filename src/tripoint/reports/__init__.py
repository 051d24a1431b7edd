"""Reports: frozen figures as pages, charts, tables and press text; every number comes from the sheet, none by hand."""
