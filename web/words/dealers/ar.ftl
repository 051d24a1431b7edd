# dealers
