"""One-time codes and recovery codes: the way in where there is no passkey."""
