"""Reading through a broken glass: one record, for one officer, while it is open."""
