"""What the field reports, as data: forms, their fields, and which part of the answer each field belongs to."""
