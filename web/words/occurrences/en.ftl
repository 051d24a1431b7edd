# occurrences
