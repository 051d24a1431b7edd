# upkeep
