#!/bin/sh
# pandas 1.5.3: read_csv changes the last bits of some 30% of the float64 that to_csv wrote.
#
# to_csv writes the shortest decimal that stands for the value, and float() of each reads the same value back.
# read_csv's default parser does not round correctly: the last place is off in a third of these numbers, with
# no word. A model or a table that passes through CSV is no longer bit-equal, and a second program that reads
# the file has other data. float_precision="round_trip" reads all of them right.
#
# Seen, 2000 normals: 600 or so differ by default, none with round_trip.
set -eu
for p in python3-pandas=1.5.3+dfsg-2; do
  [ "$(dpkg-query -W -f '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] ||
    apt-get install -qq -y --no-install-recommends "$p" >/dev/null
done
/usr/bin/python3 -W ignore - <<'EOF'
import io
import sys
import numpy as np
import pandas as pd

assert pd.__version__ == "1.5.3", pd.__version__
x = np.random.default_rng(0).standard_normal(2000)
text = pd.DataFrame({"x": x}).to_csv(index=False)
exact = np.array([float(v) for v in text.split()[1:]])
default = pd.read_csv(io.StringIO(text))["x"].to_numpy()
exactly = pd.read_csv(io.StringIO(text), float_precision="round_trip")["x"].to_numpy()
first = int(np.argmax(default != x))
print(f"default: {(default != x).sum()} of 2000 changed, such as {x[first]!r} to {default[first]!r}; expected 0")
print(f"round_trip: {(exactly != x).sum()} changed; float(): {(exact != x).sum()} changed")
ok = (default != x).sum() > 400 and (exactly == x).all() and (exact == x).all()
sys.exit(None if ok else "the behaviour has changed")
EOF
