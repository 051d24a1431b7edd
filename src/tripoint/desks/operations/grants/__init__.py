"""Rights for one operation: a role that an officer has from one moment to another, and that ends by itself."""
