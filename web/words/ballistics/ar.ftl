# ballistics
