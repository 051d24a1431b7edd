# firearms
