"""An edition that waits becomes the state of its set, in one transaction."""
