module p

go 1.26.0
