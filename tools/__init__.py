"""What `make` calls. Only the standard library until the virtual environment exists."""
