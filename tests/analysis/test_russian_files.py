"""The dictionary's files: found without imports, refused when of another format, harmless when damaged."""

from __future__ import annotations

import gc
import json
import os
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from searchlib import _core
from searchlib.analysis import russian
from searchlib.errors import CorruptIndexError, SearchlibError

WORDS = [
    "стали",
    "актер",
    "премьер-министром",
    "бутявками",
    "недоделанный",
    "смотри-ка",
    "окко",
    "пила",
    "гггггг",
]
CACHES = (russian.native, russian.version, russian._find_dictionary, russian._pymorphy)


@pytest.fixture
def fresh() -> Iterator[None]:
    """The module as a new process sees it, before the test and after."""
    for cached in CACHES:
        cached.cache_clear()
    yield
    for cached in CACHES:
        cached.cache_clear()


@pytest.fixture(scope="module")
def files() -> dict[str, Any]:
    dictionary = russian._find_dictionary()
    assert dictionary is not None
    folder = Path(dictionary.folder)
    return {
        "words": (folder / "words.dawg").read_bytes(),
        "probabilities": (folder / "p_t_given_w.intdawg").read_bytes(),
        "paradigms": (folder / "paradigms.array").read_bytes(),
        "prediction_suffixes": [(folder / f"prediction-suffixes-{i}.dawg").read_bytes() for i in range(3)],
        "suffixes": (folder / "suffixes.json").read_bytes(),
        "tags": (folder / "gramtab-opencorpora-int.json").read_bytes(),
        "paradigm_prefixes": dictionary.paradigm_prefixes,
        "max_suffix_letters": dictionary.max_suffix_letters,
    }


def install_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **meta: Any) -> Path:
    """A package of the dictionary's name, found first: links to the real files, and a changed meta.json."""
    dictionary = russian._find_dictionary()
    assert dictionary is not None
    data = tmp_path / "pymorphy3_dicts_ru" / "data"
    data.mkdir(parents=True)
    for file in Path(dictionary.folder).iterdir():
        (data / file.name).symlink_to(file)
    (data / "meta.json").unlink()
    (data / "meta.json").write_text(json.dumps(list({**dictionary.meta, **meta}.items())), "utf-8")
    (data.parent / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "pymorphy3_dicts_ru", raising=False)
    for cached in CACHES:
        cached.cache_clear()
    return data


def test_a_query_imports_no_morphology_library() -> None:
    code = (
        "import sys; from searchlib.analysis import russian;"
        "assert russian.lemmas('стали') == ('стать', 'сталь'); russian.version();"
        "heavy = {'pymorphy3', 'pymorphy3_dicts_ru', 'dawg', 'dawg_python', 'numpy', 'nltk'};"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")  # nor does it leak: nanobind would say so


def test_version_names_the_dictionary_and_follows_its_files(tmp_path, monkeypatch, fresh) -> None:
    before = russian.version()
    assert before.startswith(f"ru{_core.RussianMorphology.rules}-")
    data = install_copy(tmp_path, monkeypatch)
    assert russian.version() == before
    (data / "suffixes.json").unlink()
    (data / "suffixes.json").write_text("[]")
    russian.version.cache_clear()
    assert russian.version() != before


@pytest.mark.parametrize(
    "meta", [{"format_version": "2.5"}, {"language_code": "uk"}, {"compile_options": {}}]
)
def test_another_format_is_left_to_pymorphy3(tmp_path, monkeypatch, fresh, meta) -> None:
    expected = {word: russian.lemmas(word) for word in [*WORDS, "должны"]}
    native_version = russian.version()
    oracle = russian._pymorphy()
    install_copy(tmp_path, monkeypatch, **meta)
    monkeypatch.setattr(russian, "_pymorphy", lambda: oracle)
    assert russian.native() is None
    for word, lemmas in expected.items():  # the core's guesses at names stand behind what both say
        found = russian.lemmas(word)
        assert found == lemmas[: len(found)], word
        assert russian._pymorphy().word_is_known(word) or word in found
    assert russian.version() != native_version


def test_a_torn_file_is_left_to_pymorphy3(tmp_path, monkeypatch, fresh) -> None:
    data = install_copy(tmp_path, monkeypatch)
    whole = (data / "words.dawg").read_bytes()
    (data / "words.dawg").unlink()
    (data / "words.dawg").write_bytes(whole[:-7])
    assert russian.native() is None


def test_finders_of_old_are_passed_over(monkeypatch, fresh) -> None:
    monkeypatch.delitem(sys.modules, "pymorphy3_dicts_ru", raising=False)
    monkeypatch.setattr(sys, "meta_path", [object(), *sys.meta_path])  # with find_module() alone, or nothing
    assert russian.lemmas("стали")[0] == "стать"


def test_a_package_that_must_not_be_imported_is_not_there(monkeypatch, fresh) -> None:
    monkeypatch.setitem(sys.modules, "pymorphy3_dicts_ru", None)
    assert russian.native() is None


def test_nothing_installed_says_what_to_install(monkeypatch, fresh) -> None:
    monkeypatch.setattr(russian, "_folders", lambda: ())
    monkeypatch.setitem(sys.modules, "pymorphy3", None)
    with pytest.raises(SearchlibError, match="pip install pymorphy3 pymorphy3-dicts-ru"):
        russian.lemmas("стали")


@pytest.mark.parametrize("name", ["words", "probabilities", "paradigms"])
@pytest.mark.parametrize("kept", [1, 4, 13, 1000, -1])
def test_cut_files_are_refused(files, name, kept) -> None:
    with pytest.raises(CorruptIndexError):
        _core.RussianMorphology(**{**files, name: files[name][:kept]})


def test_ids_beyond_the_lists_are_refused(files) -> None:
    for name in ("suffixes", "tags"):
        morphology = _core.RussianMorphology(**{**files, name: b'[""]'})
        with pytest.raises(CorruptIndexError, match="not there"):
            morphology.lemmas("премьер-министром")
    paradigms = _core.RussianMorphology(**{**files, "paradigms": b"\x01\x00\x03\x00" + bytes(6)})
    with pytest.raises(CorruptIndexError, match="paradigm"):
        paradigms.lemmas("стали")


def test_lists_of_strings_are_read_as_json_has_them(files) -> None:
    rewritten = {
        name: json.dumps(json.loads(files[name]), ensure_ascii=True, indent=indent).encode()
        for name, indent in (("suffixes", None), ("tags", 4))
    }
    morphology, native = _core.RussianMorphology(**{**files, **rewritten}), russian.native()
    assert native is not None
    assert morphology.lemmas_many(WORDS) == native.lemmas_many(WORDS)


@pytest.mark.parametrize("name", ["suffixes", "tags"])
@pytest.mark.parametrize(
    "json_text",
    [b"", b"[", b'["a"', b'["a",]', b'["a"] 1', b'["a', b"[1]", b'{"a": 1}', rb'["\x"]', rb'["\ud800"]'],
)
def test_other_json_than_a_list_of_strings_is_refused(files, name, json_text) -> None:
    with pytest.raises(CorruptIndexError, match="list of strings"):
        _core.RussianMorphology(**{**files, name: json_text})


def test_an_absurd_suffix_length_changes_nothing(files) -> None:
    morphology, native = (
        _core.RussianMorphology(**{**files, "max_suffix_letters": 2**32 - 1}),
        russian.native(),
    )
    assert native is not None
    assert morphology.lemmas_many(WORDS) == native.lemmas_many(WORDS)


def test_without_probabilities_the_dictionarys_order_stays(files) -> None:
    morphology = _core.RussianMorphology(**{**files, "probabilities": b""})
    assert set(morphology.lemmas("стали") or ()) == {"стать", "сталь"}


@pytest.mark.parametrize("seed", range(8))
def test_damaged_bytes_end_in_lemmas_or_a_typed_error(files, seed) -> None:
    """Every 500th byte or so is noise: nothing may be read outside the files, and every search must end."""
    rng = random.Random(seed)
    damaged = dict(files)
    for name in ("words", "probabilities"):
        damaged[name] = spoil(rng, files[name])
    if seed % 3 == 0:  # mostly refused when opened, so not always
        damaged["paradigms"] = spoil(rng, files["paradigms"])
    damaged["prediction_suffixes"] = [spoil(rng, file) for file in files["prediction_suffixes"]]
    try:
        morphology = _core.RussianMorphology(**damaged)
    except CorruptIndexError:
        return
    for word in WORDS * 3:
        try:
            found = morphology.lemmas(word, overrides=False)
        except CorruptIndexError:
            continue
        assert found


def spoil(rng: random.Random, file: bytes) -> bytes:
    """Noise over the units and the guide; the two counts stay, or the file would only be refused."""
    spoiled = bytearray(file)
    num_units = int.from_bytes(file[:4], "little")
    for _ in range(len(file) // 500):
        at = rng.randrange(4, len(file))
        if not 4 + 4 * num_units <= at < 8 + 4 * num_units:
            spoiled[at] = rng.randrange(256)
    return bytes(spoiled)


def test_buffers_live_as_long_as_the_morphology(files) -> None:
    buffers = {name: bytearray(files[name]) for name in ("words", "probabilities", "paradigms")}
    morphology = _core.RussianMorphology(**{**files, **buffers})
    with pytest.raises(BufferError):
        buffers["words"].clear()
    assert morphology.lemmas("стали") == ("стать", "сталь")
    del morphology
    gc.collect()
    buffers["words"].clear()


def test_threads_and_a_forked_child_share_it() -> None:
    native = russian.native()
    assert native is not None
    expected = native.lemmas_many(WORDS)
    results: list[Any] = []
    threads = [
        threading.Thread(target=lambda: results.append(native.lemmas_many(WORDS * 50))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected * 50] * 4
    code = (
        "import os; from searchlib.analysis import russian; russian.native(); child = os.fork()\n"
        "if child == 0: os._exit(0 if russian.lemmas('стали') == ('стать', 'сталь') else 1)\n"
        "raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))"
    )
    assert subprocess.run([sys.executable, "-c", code], env=os.environ, check=False).returncode == 0
