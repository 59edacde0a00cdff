#!/bin/sh
# NumPy 1.24.2 and Random123 1.14.0: NumPy's Philox at counter c gives what Philox-4x64-10 has at c + 1.
#
# A counter-based generator is a function of key and counter, so that any program can make block c by itself.
# NumPy adds one to the counter before it makes a block: Philox(key=0, counter=0) begins with the block of 1,
# and the published known answer for counter 0 needs counter = 2^256 - 1. Whoever checks a port against NumPy,
# or gives each worker a block by its counter on both sides, is one block off. (Libraries that name a Philox
# mostly mean 4x32.)
#
# Seen: NumPy at 0 equals Random123 at 1; NumPy at 2^256 - 1 equals Random123 at 0, 16554d9eca36314c first.
set -eu
for p in python3-numpy=1:1.24.2-1+deb12u1 librandom123-dev=1.14.0+dfsg-4; do
  [ "$(dpkg-query -W -f '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] ||
    apt-get install -qq -y --no-install-recommends "$p" >/dev/null
done
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
cat >block.c <<'EOF'
#include <Random123/philox.h>
#include <inttypes.h>
#include <stdio.h>

int main(void) {
	for (uint64_t counter = 0; counter < 2; counter++) {
		philox4x64_ctr_t c = {{counter}};
		philox4x64_key_t k = {{0}};
		philox4x64_ctr_t r = philox4x64(c, k);
		printf("%016" PRIx64 " %016" PRIx64 " %016" PRIx64 " %016" PRIx64 "\n", r.v[0], r.v[1], r.v[2], r.v[3]);
	}
}
EOF
cc -o block block.c
./block >random123
/usr/bin/python3 - >numpy <<'EOF'
import numpy as np
for counter in (0, 2**256 - 1):
    print(" ".join(f"{w:016x}" for w in np.random.Philox(key=0, counter=counter).random_raw(4)))
EOF
echo "Random123, counter 0:       $(sed -n 1p random123)"
echo "Random123, counter 1:       $(sed -n 2p random123)"
echo "NumPy, counter 0:           $(sed -n 1p numpy)"
echo "NumPy, counter 2^256 - 1:   $(sed -n 2p numpy)"
echo "expected: the same words at the same counter"
[ "$(sed -n 1p numpy)" = "$(sed -n 2p random123)" ] && [ "$(sed -n 2p numpy)" = "$(sed -n 1p random123)" ] ||
  { echo "the behaviour has changed"; exit 1; }
