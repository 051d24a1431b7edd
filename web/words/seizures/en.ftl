# seizures
