"""How many rounds a proof takes, and from which seed: `bin/prove` asks for more than `make test` does."""

import os

SEED = int(os.environ.get("PROOF_SEED", "2026"))


def rounds(by_default: int) -> int:
    return int(os.environ.get("PROOF_ROUNDS", by_default))


def tell(capsys, sentence: str) -> None:
    """Print what was counted, past pytest, when the proof was asked for by command."""
    if "PROOF_ROUNDS" in os.environ:
        with capsys.disabled():
            print(f"\n{sentence}", flush=True)  # noqa: T201
