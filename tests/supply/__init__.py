"""What the project is made of: its bill of materials, and whether anything of it is known to be unsafe."""
