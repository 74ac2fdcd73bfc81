# Shortcuts for the commands that the README describes: ./build.ps1 test
param([string] $Target = 'build')

Set-Location $PSScriptRoot
if ($Target -eq 'restore') {
    # Providers first, each on its own: one that is fetched is switched on by lying in the packages folder (Providers.props).
    $providers = @{ UseIlgpu = 'native-kernels/LightDxml.Kernels.Ilgpu'; UseTorchSharp = 'src/LightDxml.Torch' }
    foreach ($property in $providers.Keys) {
        dotnet restore $providers[$property] "-p:$property=true"
        if ($LASTEXITCODE -ne 0) { Write-Host "The packages of $property are not to be had here; going on without them." }
    }
}
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
