@echo off
rem build.cmd demo | test [--long] | bench NAME | pack | source      (the same verbs as build.sh)
setlocal
cd /d "%~dp0"
where dotnet >nul 2>nul || (
  echo build.cmd: 'dotnet' is not on the PATH. Install the .NET 10 SDK: https://dotnet.microsoft.com/download/dotnet/10.0 1>&2
  exit /b 1
)
set DOTNET_NOLOGO=1
set DOTNET_CLI_TELEMETRY_OPTOUT=1
dotnet run --project eng\Build -v quiet -- %*
exit /b %ERRORLEVEL%
