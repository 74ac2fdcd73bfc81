# Shortcuts for the commands of CONTRIBUTING.md: ./build.ps1 test. Further arguments go to the command: ./build.ps1 test --no-build
# Systems without PowerShell have it as a tool: dotnet pwsh build.ps1 test
param([string] $Target = 'build')

$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot
$more = $args

function Invoke-Step {
    param([scriptblock] $Step)
    & $Step
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

switch ($Target) {
    'restore' {
        Invoke-Step { dotnet restore @more }
        Invoke-Step { dotnet tool restore }
    }
    'build' { Invoke-Step { dotnet build -c Release @more } }
    'test' { Invoke-Step { dotnet test -c Release @more } }
    'coverage' {
        if (Test-Path artifacts/coverage) { Remove-Item -Recurse artifacts/coverage }
        Invoke-Step { dotnet test -c Release --collect 'XPlat Code Coverage' --settings tests/coverage.runsettings --results-directory artifacts/coverage @more }
        Invoke-Step { dotnet tool restore }
        Invoke-Step { dotnet reportgenerator '-reports:artifacts/coverage/*/coverage.cobertura.xml' -targetdir:artifacts/coverage '-reporttypes:Html;TextSummary' }
        Get-Content artifacts/coverage/Summary.txt
    }
    'mutate' {
        Invoke-Step { dotnet tool restore }
        foreach ($tests in 'Metrics', 'Kernels') {
            Set-Location "$PSScriptRoot/tests/LightDxml.$tests.Tests"
            Invoke-Step { dotnet stryker @more }
        }
    }
    'docs' {
        Invoke-Step { dotnet build -c Release src/LightDxml.Cli }
        Invoke-Step { dotnet tool restore }
        Invoke-Step { dotnet docfx --warningsAsErrors @more }
    }
    'bench' {
        if ($more.Count -eq 0) { $more = '--filter', '*' }
        Invoke-Step { dotnet run -c Release --project benchmarks/LightDxml.Benchmarks -- @more }
    }
    'pack' {
        Invoke-Step { dotnet pack -c Release -o artifacts @more }
        Invoke-Step { dotnet tool restore }
        Invoke-Step { dotnet dotnet-CycloneDX src/LightDxml.Cli/LightDxml.Cli.csproj --disable-package-restore -F Json -o artifacts -fn lightdxml.cdx.json }
    }
    'packages' { & ./.ci/packages.ps1 }
    'demo' { Invoke-Step { dotnet run -c Release --project src/LightDxml.Cli -- demo @more } }
    'format' { Invoke-Step { dotnet format @more } }
    default { throw "There is no target $Target. The targets are restore, build, test, coverage, mutate, docs, bench, pack, packages, demo, format." }
}
