#!/usr/bin/env bash
# ./build.sh demo | test [--long] | bench NAME | pack | source      (build.cmd takes the same verbs on Windows)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
if ! command -v dotnet >/dev/null 2>&1; then
  echo "build.sh: 'dotnet' is not on the PATH. Install the .NET 10 SDK: https://dotnet.microsoft.com/download/dotnet/10.0" >&2
  exit 1
fi
if ! dotnet --version >/dev/null 2>&1; then
  echo "build.sh: no .NET SDK that global.json accepts. Install the .NET 10 SDK: https://dotnet.microsoft.com/download/dotnet/10.0" >&2
  exit 1
fi
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
exec dotnet run --project eng/Build -v quiet -- "$@"
