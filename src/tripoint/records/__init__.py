"""What parties hold and share: persons, travel documents, vehicles, firearms, notices."""
