# What `build.ps1 pack` made, tried as users would: every package has what it should, the tool installs and runs, and a new project takes the
# library and runs the program of the README.
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
$root = Split-Path $PSScriptRoot
$packages = Join-Path $root 'artifacts'
$version = ([xml](Get-Content -Raw "$root/Directory.Build.props")).Project.PropertyGroup.Version
$work = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "lightdxml-packages-$PID")

function Assert-That {
    param([bool] $Holds, [string] $Claim)
    if (-not $Holds) { throw "This does not hold: $Claim" }
}

function Test-Package {
    param([IO.FileInfo] $File)
    $zip = [IO.Compression.ZipFile]::OpenRead($File.FullName)
    try {
        $entries = $zip.Entries.FullName
        $reader = [IO.StreamReader]::new(($zip.Entries | Where-Object FullName -Like '*.nuspec').Open())
        $about = ([xml]$reader.ReadToEnd()).package.metadata
        Assert-That ($entries -contains 'README.md' -and $about.readme -eq 'README.md') "$($File.Name) has a readme"
        Assert-That ($entries -contains 'icon.png' -and $about.icon -eq 'icon.png') "$($File.Name) has an icon"
        Assert-That ($about.license.'#text' -eq 'MIT' -and $about.license.type -eq 'expression') "$($File.Name) is under MIT"
        Assert-That ($about.description.Length -gt 20 -and $about.tags -match 'multi-label') "$($File.Name) is described"
        Assert-That ($about.version -eq $version) "$($File.Name) has the version of Directory.Build.props"
        if ($about.packageTypes.packageType.name -eq 'DotnetTool') {
            Assert-That ($entries -contains 'THIRD-PARTY-NOTICES.md') "$($File.Name) names the licences of what it holds"
        }
        elseif ($entries -match '^lib/') {
            Assert-That ([bool]($entries -match '^lib/.*\.xml$')) "$($File.Name) documents its members"
            Assert-That (Test-Path ($File.FullName -replace '\.nupkg$', '.snupkg')) "$($File.Name) has symbols"
        }
    }
    finally { $zip.Dispose() }
}

try {
    $made = Get-ChildItem $packages -Filter "*.$version.nupkg"
    $expected = (Get-ChildItem "$root/src", "$root/native-kernels" -Recurse -Filter *.csproj | Where-Object { (Get-Content -Raw $_) -match '<IsPackable>true' }).BaseName
    Assert-That (-not (Compare-Object $expected ($made.Name -replace "\.$version\.nupkg$", ''))) 'every packable project has a package'
    $made | ForEach-Object { Test-Package $_ }

    $bill = Get-Content -Raw "$packages/lightdxml.cdx.json" | ConvertFrom-Json
    Assert-That ($bill.components.name -contains 'SharpCompress') 'the bill of materials names what the tool holds'

    # A cache of its own: packages of an earlier run have the same version.
    $env:NUGET_PACKAGES = "$work/cache"
    dotnet tool install LightDxml.Cli --version $version --tool-path "$work/tool" --add-source $packages
    Assert-That ((& "$work/tool/lightdxml" --version) -match [regex]::Escape($version)) 'the tool says its version'
    & "$work/tool/lightdxml" train --train "$root/docs/samples/tags-train.txt" --output "$work/model.ldx" --set text.minDocuments=1 2>$null
    $answer = & "$work/tool/lightdxml" predict --model "$work/model.ldx" --text 'Which whetstone for my chef knife?'
    Assert-That ([bool]($answer -match 'knives')) 'the tool trains and predicts'

    dotnet new console -o "$work/app"
    "<configuration><packageSources><add key=`"local`" value=`"$packages`" /></packageSources></configuration>" | Set-Content "$work/app/nuget.config"
    $program = [regex]::Match((Get-Content -Raw "$root/README.md"), '(?s)```csharp\r?\n(.*?)```').Groups[1].Value
    Set-Content "$work/app/Program.cs" $program
    Push-Location "$work/app"
    try {
        dotnet add package LightDxml --version $version | Out-Null
        $answer = dotnet run -c Release
        Assert-That ([bool]($answer -match 'printer')) 'a new project runs the program of the README'
    }
    finally { Pop-Location }
    "The packages hold what they should: $($made.Count) packages, the tool, a new project."
}
finally { Remove-Item -Recurse -Force $work }
