"""The plan as a sheet: one workbook with a tab for each list, or a CSV file for each tab; out and in again."""
