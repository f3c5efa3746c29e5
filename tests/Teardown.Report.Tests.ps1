# The report of a disconnect as a document: for a file with a line for each computer.

BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one, $two = '127.20.45.1', '127.20.45.2'
    $computer = Start-Computer $one, $two
    $login = $computer.Login

    # A report that has something in each of its parts: the service does not let go of the shell.
    function Get-FullReport {
        Connect-WSMan $one @login -ApplicationName teardown/delete/status-503/wsman
        $null = New-BusyShell $one
        Disconnect-WSMan $one -InformationVariable told -WarningAction Ignore
        $told.MessageData
    }

    # What stands in a document, as lines like "shells.deleted 1", so that names are compared with case.
    function Get-Fact($Value, [string] $Name = '') {
        if ($Value -is [Collections.IDictionary]) {
            foreach ($key in $Value.Keys) { Get-Fact $Value[$key] ($Name ? "$Name.$key" : $key) }
        } elseif ($Value -is [Collections.IList]) {
            for ($i = 0; $i -lt $Value.Count; $i++) { Get-Fact $Value[$i] "$Name.$i" }
        } elseif ($Value -is [datetime]) { "$Name $($Value.ToString('o'))"
        } else { "$Name $Value" }
    }

    # The property that has what a member of the document has: groups and members are joined, in Pascal case.
    function ConvertTo-PropertyName([string] $Member) {
        $parts = ($Member -split '\.').ForEach{ $_ -match '^\d+$' ? ".$_." : $_.Substring(0, 1).ToUpperInvariant() + $_.Substring(1) }
        (-join $parts).TrimEnd('.')
    }
}
AfterAll { Stop-Computer $computer -Now }

Describe 'The report of a disconnect' {
    AfterEach { Disconnect-EveryComputer }

    It 'is one line of JSON with the computer, the user, the moment and the state as text' {
        $before = [datetime]::UtcNow.AddMilliseconds(-1)
        $report = Get-FullReport
        $json = $report.ToJson()
        $json | Should -Not -Match '\n'
        $read = $json | ConvertFrom-Json
        $read.computerName, $read.userName, $read.state | Should -BeExactly $one, $userName, Closed
        $read.connectionUri | Should -BeExactly "https://${one}:$($computer.Https)/teardown/delete/status-503/wsman"
        $json | Should -Match '"startTime":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"'
        $read.startTime | Should -BeGreaterOrEqual $before
        $read.startTime | Should -BeLessOrEqual ([datetime]::UtcNow)
        $read.startTime | Should -Be $report.StartTime
        $read.commands.terminated, $read.shells.deleted, $read.shells.abandoned | Should -Be 1, 0, 1
        $read.graceful | Should -BeFalse
        $read.warnings | Should -BeLike "1 shell on $one may be left*"
        $read.steps.step | Should -Contain delete
        Assert-NoSecret $json
    }

    It 'has by ConvertTo-Json the same content under the names of its properties' {
        $report = Get-FullReport
        $told = Get-Fact ($report | ConvertTo-Json | ConvertFrom-Json -AsHashtable)
        $document = (Get-Fact ($report.ToJson() | ConvertFrom-Json -AsHashtable)).ForEach{
            $name, $value = $_ -split ' ', 2
            "$(ConvertTo-PropertyName $name) $value"
        }
        # The names of a step's times are written out in the object.
        $told = $told -replace '\.(Start)?Milliseconds ', '.$1Ms '
        $told | Sort-Object -CaseSensitive | Should -BeExactly ($document | Sort-Object -CaseSensitive)
        $document.Count | Should -BeGreaterThan 20
    }

    It 'is appended to a file for each computer and read back, by the example of about_WSMan_Teardown' {
        $one, $two | ForEach-Object { Connect-WSMan $_ @login }
        $example = Get-TopicCode about_WSMan_Teardown 'appended to a file and read back:'
        $example = $example.Replace("'server01', 'server02'", "'$one', '$two'")
        Push-Location (New-Folder reports)
        try {
            $read = & ([scriptblock]::Create($example))
            Get-Content teardown.jsonl | Should -HaveCount 2
        } finally {
            Pop-Location
        }
        $read.computerName | Should -BeExactly $one, $two
        $read.graceful | Should -Be $true, $true
        $read.startTime | Should -BeOfType datetime
        Get-ConnectedComputer | Should -BeNullOrEmpty
    }

    It 'cannot be changed' {
        $report = Get-FullReport
        foreach ($property in $report.psobject.Properties) {
            $property.IsSettable | Should -BeFalse -Because "$($property.Name) is what was seen"
        }
        { $report.Graceful = $true } | Should -Throw
        { $report.Steps[0] = $null } | Should -Throw
        { $report.Warnings[0] = 'nothing' } | Should -Throw
        $report.Steps[0].psobject.Properties.IsSettable | Should -Not -Contain $true
    }
}
