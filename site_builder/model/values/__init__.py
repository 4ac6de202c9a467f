"""What single values must be: ids, names of files, web addresses, numbers of books and journals."""
