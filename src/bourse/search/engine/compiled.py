"""The kernels as machine code: compiled once into a folder, loaded from it without the compiler.

    compile_into(folder)     needs numba; some seconds, once for each processor and version
    load(folder)             needs llvmlite alone; None where nothing fits this processor and version

Every kernel takes addresses and numbers of 64 bits and gives one back. A call lets other threads run.
"""

import ctypes
import hashlib
import importlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

ENTRIES = "bourse.search.engine.kernel.entries"
HERE = Path(__file__).parent
LAYOUTS = [HERE / name for name in ("tiles/layout.py", "tiles/job.py", "matching/layout.py")]
SOURCES = [*sorted((HERE / "kernel").glob("*.py")), *LAYOUTS]
NAMES = "names.json"

Kernel = Callable[..., int]
Kernels = Mapping[str, Kernel]


class SharedWords:
    """Words of memory that processes share, put and looked at by compiled kernels."""

    def __init__(self, kernels: Kernels) -> None:
        self.look, self.look_again, self.put = kernels["look"], kernels["look_again"], kernels["put"]


def compile_into(folder: Path) -> Path:
    """Compile every kernel for this processor, unless that is done; where the machine code lies."""
    place = folder / _key()
    if (place / NAMES).exists():
        return place
    beside = folder / f".{place.name}.{os.getpid()}"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    names = {}
    for name, made in importlib.import_module(ENTRIES).compiled():
        (beside / f"{name}.o").write_bytes(made.code)
        names[name] = [made.symbol, made.arguments]
    (beside / NAMES).write_text(json.dumps(names))
    try:
        beside.replace(place)
    except OSError:  # another process was faster
        shutil.rmtree(beside, ignore_errors=True)
    return place


def load(folder: Path) -> Kernels | None:
    """The kernels that were compiled into the folder for this processor and version; None where none were."""
    try:
        place = folder / _key()
        return _loaded(place) if (place / NAMES).exists() else None
    except ImportError:  # no llvmlite on this machine
        return None


@cache
def _loaded(place: Path) -> Kernels:
    names = json.loads((place / NAMES).read_text())
    return {
        name: _mapped(place / f"{name}.o", symbol, arguments) for name, (symbol, arguments) in names.items()
    }


@cache
def _binding() -> Any:
    binding = importlib.import_module("llvmlite.binding")
    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    return binding


_mapped_for_good: list[Any] = []  # machine code stays where it is as long as the process lives


def _mapped(path: Path, symbol: str, arguments: int) -> Kernel:
    binding = _binding()
    machine = binding.Target.from_default_triple().create_target_machine()
    engine = binding.create_mcjit_compiler(binding.parse_assembly(""), machine)
    engine.add_object_file(binding.object_file.ObjectFileRef.from_data(path.read_bytes()))
    engine.finalize_object()
    _mapped_for_good.append(engine)
    word = ctypes.c_int64
    return ctypes.CFUNCTYPE(word, *[word] * arguments)(engine.get_function_address(symbol))


@cache
def _key() -> str:
    """What machine code is made for: the processor, the compiler's library and the kernels' sources."""
    binding = _binding()
    version = importlib.import_module("llvmlite").__version__
    features = binding.get_host_cpu_features().flatten()
    told = hashlib.sha256(f"{binding.get_host_cpu_name()} {features} {version}".encode())
    for source in SOURCES:
        told.update(source.read_bytes())
    return told.hexdigest()[:20]
