"""Break-glass: an officer opens one record in an emergency; its owner is told at once and judges it afterwards."""
