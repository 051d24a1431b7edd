"""What people told, made findable in their own languages: words cut out of texts, and words that mean the same."""
