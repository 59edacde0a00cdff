package kernels

// neonBlocking is that of NEON.
func neonBlocking() blocking { return commonBlocking() }
