"""Operations: the parties that take part, their dates and their posts."""
