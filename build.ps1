# Shortcuts for the commands of CONTRIBUTING.md: ./build.ps1 test. Systems without PowerShell have it as a tool: dotnet pwsh build.ps1 test
param([string] $Target = 'build')

$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot

function Invoke-Step {
    param([scriptblock] $Step)
    & $Step
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

switch ($Target) {
    'restore' {
        Invoke-Step { dotnet restore }
        Invoke-Step { dotnet tool restore }
    }
    'build' { Invoke-Step { dotnet build -c Release } }
    'test' { Invoke-Step { dotnet test -c Release } }
    'docs' {
        Invoke-Step { dotnet build -c Release src/LightDxml.Cli }
        Invoke-Step { dotnet tool restore }
        Invoke-Step { dotnet docfx --warningsAsErrors }
    }
    'bench' { Invoke-Step { dotnet run -c Release --project benchmarks/LightDxml.Benchmarks -- --filter '*' } }
    'pack' { Invoke-Step { dotnet pack -c Release -o artifacts } }
    'demo' { Invoke-Step { dotnet run -c Release --project src/LightDxml.Cli -- demo } }
    'format' { Invoke-Step { dotnet format } }
    default { throw "There is no target $Target. The targets are restore, build, test, docs, bench, pack, demo, format." }
}
