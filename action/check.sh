#!/usr/bin/env bash
# The action's one step: `compare check` with the action's inputs. They come as INPUT_* and are words, never commands.
set -eu -o pipefail

lines=() # "${lines[@]}" of an empty array is an error in the bash of macOS, hence ${lines[@]+…}
read_lines() { # the lines of $1 that are not empty, without the white space around them
    local line
    lines=()
    while read -r line || [ -n "$line" ]; do
        line=${line%$'\r'}
        if [ -n "$line" ]; then lines+=("$line"); fi
    done <<< "$1"
}

words=()
add() { # option $1 with value $2, where there is one
    if [ -n "$2" ]; then words+=("$1=$2"); fi
}
add_each() { # option $1 with each line of $2
    local line
    read_lines "$2"
    for line in ${lines[@]+"${lines[@]}"}; do add "$1" "$line"; done
}
is_true() { # whether input $1 has the value true; what is neither true nor false ends the step
    case $2 in
        true) return 0 ;;
        false | '') return 1 ;;
    esac
    echo "the input $1 must be true or false" >&2
    exit 2
}

add --changed-from "${INPUT_CHANGED_FROM-}"
add --fail-on "${INPUT_FAIL_ON-}"
add --warn-on "${INPUT_WARN_ON-}"
add --accepted "${INPUT_ACCEPTED-}"
add_each --against "${INPUT_AGAINST-}"
add_each --report "${INPUT_REPORTS-}"
if is_true strict-accepted "${INPUT_STRICT_ACCEPTED-}"; then words+=(--strict-accepted); fi
read_lines "${INPUT_ARGS-}"
words+=(${lines[@]+"${lines[@]}"})
read_lines "${INPUT_PATHS-}"
words+=(-- ${lines[@]+"${lines[@]}"})

compare=compare-text # `compare` may be ImageMagick's
if is_true install "${INPUT_INSTALL-}"; then
    echo "::group::Install compare"
    folder=${RUNNER_TEMP:?}/compare
    "${INPUT_PYTHON:-python3}" -m venv "$folder"
    "$folder/bin/pip" install --quiet --disable-pip-version-check "${GITHUB_ACTION_PATH:?}"
    echo "::endgroup::"
    compare=$folder/bin/compare-text
fi

status=0
"$compare" check "${words[@]}" || status=$?
echo "exit-code=$status" >> "${GITHUB_OUTPUT:-/dev/null}"
exit "$status"
