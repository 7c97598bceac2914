# Installs what is missing of cmake/packages.txt. Sourced by sample-data/run
# and tests/run, with the kinds of package that they need: setup build test.
setup() {
    local root kind package missing=""
    root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
    for kind in "$@"; do
        for package in $(awk -v kind="$kind" \
            '!/^#/ && $2 == kind {print $1}' "$root/cmake/packages.txt"); do
            if ! dpkg-query -W -f='${Status}' "$package" 2>/dev/null |
                grep -q 'ok installed'; then
                missing="$missing $package"
            fi
        done
    done
    [ -z "$missing" ] && return 0
    echo "Installing Debian packages:$missing"
    local sudo=""
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || {
            echo "Packages are missing and sudo is not there. As root:" >&2
            echo "  apt-get install --no-install-recommends$missing" >&2
            return 1
        }
        sudo=sudo
    fi
    $sudo apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq \
        --no-install-recommends $missing >/dev/null
}
