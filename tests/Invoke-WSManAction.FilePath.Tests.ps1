BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one = '127.21.9.1'
    $computer = Start-Computer $one
    $at = @{ ComputerName = $one } + $computer.Login
    # The method Echo gives back what it gets.
    $echo = 'wmicimv2/Loopback_Echo'
    $greeting = "Gr`u{fc}`u{df}e"
    $document = '<p:Echo_INPUT xmlns:p="http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Loopback_Echo">' +
        "<p:Value>$greeting</p:Value></p:Echo_INPUT>"
}
AfterAll { Stop-Computer $computer }

Describe 'Invoke-WSManAction -FilePath' {
    BeforeEach {
        $folder = New-Folder
        Push-Location $folder
    }
    AfterEach {
        Pop-Location
        Get-ConnectedComputer | Should -BeNullOrEmpty
        Assert-NothingHeld $computer
    }

    It 'sends a document that is <what>' -ForEach @(
        @{ what = 'UTF-8 without a declaration'; name = 'utf-8'; declaration = '' }
        @{ what = 'UTF-8 with a mark and a declaration'; name = 'utf-8'; declaration = "<?xml version='1.0'?>`n"
            mark = $true }
        @{ what = 'UTF-8 with a comment'; name = 'utf-8'
            declaration = '<?xml version="1.0" encoding="UTF-8"?><!-- a comment -->' }
        @{ what = 'ISO 8859-1'; name = 'iso-8859-1'; declaration = '<?xml version="1.0" encoding="ISO-8859-1"?>' }
        @{ what = 'UTF-16'; name = 'utf-16'; declaration = '<?xml version="1.0" encoding="UTF-16"?>'; mark = $true }
    ) {
        $encoding = [Text.Encoding]::GetEncoding($name)
        $preamble = $mark ? $encoding.GetPreamble() : [byte[]]@()
        [IO.File]::WriteAllBytes("$folder/body.xml", $preamble + $encoding.GetBytes($declaration + $document))
        (Invoke-WSManAction $echo Echo -FilePath body.xml @at).Value.'#text' | Should -BeExactly $greeting
    }

    It 'takes a path from where the user is' {
        Set-Content body.xml $document
        $null = New-Item -ItemType Directory below
        Set-Location below
        (Invoke-WSManAction $echo Echo -FilePath ../body.xml @at).Value.'#text' | Should -BeExactly $greeting
    }

    It 'takes values before a file' {
        (Invoke-WSManAction $echo Echo -FilePath nothing.xml -ValueSet @{ Value = 'values' } @at).Value.'#text' |
            Should -Be 'values'
    }

    It 'names a file that is not there' {
        $failure = Get-ErrorLeavingNothing $computer -Unsent { Invoke-WSManAction $echo Echo -FilePath nothing.xml @at }
        $id = 'System.IO.FileNotFoundException,Microsoft.WSMan.Management.InvokeWSManActionCommand'
        Assert-Error $failure $id NotSpecified $null "$folder/nothing.xml"
    }

    It 'names a file that <what>, and does not send it' -ForEach @(
        @{ what = 'is empty'; text = '' }
        @{ what = 'is plain text'; text = 'plain text' }
        @{ what = 'ends too soon'; text = '<open>' }
        @{ what = 'has two roots'; text = '<a/><b/>' }
        @{ what = 'has a DOCTYPE'; text = "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"; word = 'DTD is prohibited' }
        @{ what = 'has an encoding nobody knows'; text = "<?xml version='1.0' encoding='no-such-encoding'?><a/>" }
    ) {
        Set-Content body.xml $text -NoNewline
        $failure = Get-ErrorLeavingNothing $computer -Unsent { Invoke-WSManAction $echo Echo -FilePath body.xml @at }
        $told = "The file $folder/body.xml does not hold an XML document without a DOCTYPE"
        Assert-WSManError $failure InvokeWSManAction $echo (@($told) + $word)
    }

    It 'refuses <what>' -ForEach @(
        @{ what = 'a folder'; path = '.'; told = 'is a folder' }
        @{ what = 'what is not of the file system'; path = 'WSMan:\localhost'; told = 'not a path of the file system' }
    ) {
        $failure = Get-ErrorLeavingNothing $computer -Unsent { Invoke-WSManAction $echo Echo -FilePath $path @at }
        Assert-WSManError $failure InvokeWSManAction $echo $told
    }
}
