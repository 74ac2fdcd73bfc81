# Shortcuts for the commands that the README describes: ./build.ps1 test
param([string] $Target = 'build')

Set-Location $PSScriptRoot
switch ($Target) {
    'restore' { dotnet restore }
    'build' { dotnet build -c Release }
    'test' { dotnet test -c Release }
    'bench' { dotnet run -c Release --project benchmarks/LightDxml.Benchmarks -- --filter '*' }
    'pack' { dotnet pack -c Release -o artifacts }
    'demo' { dotnet run -c Release --project src/LightDxml.Cli -- demo }
    'format' { dotnet format }
    default { throw "There is no target $Target. The targets are restore, build, test, bench, pack, demo, format." }
}
exit $LASTEXITCODE
