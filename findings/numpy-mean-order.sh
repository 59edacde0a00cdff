#!/bin/sh
# NumPy 1.24.2: the mean of 20 million float32 ones a column is 0.8388608 in C order, and 1 in Fortran order.
#
# sum and mean add pairwise, which keeps the error small, but only along the axis that is contiguous in
# memory. Along axis 0 of an array in C order, the usual table with one example a row, they add one by one in
# float32, and stop at 2^24. The same table in Fortran order is exact. With a million rows of 0.1 the mean is
# 1% off: standardised data are not centred, and a .npy file's memory order changes the model.
#
# Seen: ones 0.8388608 in C order and 1 in Fortran order; 0.1: 0.10095835 and 0.10000008.
set -eu
for p in python3-numpy=1:1.24.2-1+deb12u1; do
  [ "$(dpkg-query -W -f '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] ||
    apt-get install -qq -y --no-install-recommends "$p" >/dev/null
done
/usr/bin/python3 - <<'EOF'
import sys
import numpy as np

assert np.__version__ == "1.24.2", np.__version__
seen = []
for n, v in ((20_000_000, 1), (1_000_000, 0.1)):
    x = np.full((n, 2), v, np.float32)
    f = np.asfortranarray(x)
    assert np.array_equal(x, f)
    c, f = x.mean(axis=0)[0], f.mean(axis=0)[0]
    print(f"{n} rows of {v}: C order {c}, Fortran order {f}, expected {v} from both")
    seen += [c, f]
ok = seen[0] == np.float32(0.8388608) and seen[1] == 1 and seen[2] > 0.1005 and abs(seen[3] - 0.1) < 1e-6
sys.exit(None if ok else "the behaviour has changed")
EOF
