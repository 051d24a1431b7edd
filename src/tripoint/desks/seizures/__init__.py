"""The desk of seizures: what items weigh, what is asked before they are counted, what they are worth."""
