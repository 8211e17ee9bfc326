"""What an avoidable gap costs and whom, by unit costs that the reader supplies."""
