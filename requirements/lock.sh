#!/bin/sh
# Resolve pyproject.toml for Python >= 3.11 on Linux, macOS and Windows: one file per purpose.
# The user's own package settings are left aside, so that everyone gets the same files.
set -eu
cd "$(dirname "$0")/.."
UV=${UV:-uv}

lock() { # lock NAME ARGUMENTS...
    name=$1
    shift
    part=requirements/.$name.part
    env -u PIP_FIND_LINKS -u UV_FIND_LINKS -u UV_INDEX -u UV_INDEX_URL -u UV_EXTRA_INDEX_URL \
        -u UV_DEFAULT_INDEX \
        "$UV" pip compile --quiet --no-config --universal --python-version 3.11 --upgrade \
        --generate-hashes --no-header --no-annotate --output-file "$part" pyproject.toml "$@"
    {
        echo "# Made by \`make lock\` from pyproject.toml; do not edit."
        cat "$part"
    } >"requirements/$name.txt"
    rm "$part"
}

lock run requirements/build.in
lock test requirements/build.in --extra test --constraint requirements/run.txt
lock dev requirements/build.in --extra test --extra dev --constraint requirements/test.txt
lock lab requirements/build.in --extra lab --constraint requirements/run.txt
lock office requirements/build.in --extra office --constraint requirements/run.txt
