"""The Python section of README.md, word for word: its program, its request, its reply."""

import re
import signal
import subprocess
import sys

import pytest

import sparkwire as sw
from client import accepts
from conftest import ROOT
from outcome import run

SECTION = re.search(r"^## Python\n(.*?)^## ", (ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL).group(1)


def block(language):
    return re.search(rf"^```{language}\n(.*?)^```$", SECTION, re.MULTILINE | re.DOTALL).group(1)


@pytest.fixture
def program(tmp_path):
    """The section's program as a process, which serves until it gets a signal."""
    file = tmp_path / "readme.py"
    file.write_text(block("python"))
    process = subprocess.Popen(
        [sys.executable, "-u", str(file)], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    yield process
    process.kill()
    process.communicate()


def test_the_program_replies_what_the_section_says(program):
    assert not accepts(8888), "another program listens on port 8888"
    first = program.stdout.readline()
    url = re.search(r"http://\S+", SECTION).group()
    assert first.strip() == url, first + (program.stderr.read() if not first else "")
    command, reply = re.fullmatch(r"\$ (.*)\n(.*)\n", _shell_block()).groups()
    assert run(["bash", "-c", command]).out.strip() == reply
    program.send_signal(signal.SIGINT)
    assert "KeyboardInterrupt" in program.communicate(timeout=60)[1]


def _shell_block():
    return re.search(r"^```\n(\$ curl .*?)^```$", SECTION, re.MULTILINE | re.DOTALL).group(1)


def test_the_section_installs_the_wheel_of_this_version():
    assert f"pip install 'sparkwire-{sw.__version__}-py3-none-any.whl[spark]'" in SECTION
