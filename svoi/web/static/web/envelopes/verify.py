"""python3 verify.py SEED "TERMS" COMMITMENT deals an envelope again; it exits with 1 where these were not sealed so."""

import hashlib
import itertools
import sys

seed, terms, sealed = bytes.fromhex(sys.argv[1]), sys.argv[2], sys.argv[3]
if hashlib.sha256(seed + terms.encode()).hexdigest() != sealed:
    sys.exit("NO: this seed and these terms are not what was sealed.")
mode, (total, hands, least) = terms.split()[2], map(int, terms.split()[3:])
drawn = (int.from_bytes(hashlib.sha256(seed + n.to_bytes(8, "big")).digest()[:8], "big") for n in itertools.count())
below = lambda bound: next(word for word in drawn if word < 2**64 - 2**64 % bound) % bound
spare, shares = total - hands * least, []
for left in range(hands, 0, -1):
    whole, rest = divmod(2 * spare, left)
    more = spare if left == 1 else below(whole + (rest > 0 and below(left) < rest) + 1)
    spare, shares = spare - more, [*shares, least + more]
for last in range(hands - 1, 0, -1):
    other = below(last + 1)
    shares[last], shares[other] = shares[other], shares[last]
print("YES, this was sealed. The shares, first to last:", *([total // hands] * hands if mode == "equal" else shares))
