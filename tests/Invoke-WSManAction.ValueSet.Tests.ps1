BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one = '127.21.10.1'
    $computer = Start-Computer $one
    $at = @{ ComputerName = $one } + $computer.Login
    $echo = 'wmicimv2/Loopback_Echo'

    # The parameters that the method Echo got: it gives back what it gets.
    function Get-Sent($Values) {
        $answer = Invoke-WSManAction $echo Echo -ValueSet $Values @at
        $answer.ChildNodes | Where-Object LocalName -ne ReturnValue
    }

    # A secure string of any text, also of none.
    function ConvertTo-Secret([string] $Text) { [Net.NetworkCredential]::new('', $Text).SecurePassword }
}
AfterAll { Stop-Computer $computer }

Describe 'Invoke-WSManAction -ValueSet' {
    AfterEach {
        Get-ConnectedComputer | Should -BeNullOrEmpty
        Assert-NothingHeld $computer
    }

    It 'sends <what> as <text>' -ForEach @(
        @{ what = 'a text'; value = 'text'; text = 'text' }
        @{ what = 'an empty text'; value = ''; text = '' }
        @{ what = 'a boolean'; value = $true; text = 'true' }
        @{ what = 'a switch'; value = [switch]$false; text = 'false' }
        @{ what = 'a whole number'; value = 42; text = '42' }
        @{ what = 'a number with a fraction'; value = -1.5; text = '-1.5' }
        @{ what = 'a very large number'; value = 1e300; text = '1E+300' }
        @{ what = 'a decimal number'; value = 12.5d; text = '12.5' }
        @{ what = 'a byte'; value = [byte]7; text = '7' }
        @{ what = 'a name of an enumeration'; value = [DayOfWeek]::Monday; text = 'Monday' }
        @{ what = 'a GUID'; value = [guid]'0f8fad5b-d9cb-469f-a165-70867728950e'
            text = '0f8fad5b-d9cb-469f-a165-70867728950e' }
        @{ what = 'a time of UTC'; value = [datetime]::new(2024, 2, 29, 23, 59, 58, [DateTimeKind]::Utc)
            text = '2024-02-29T23:59:58Z' }
        @{ what = 'a time of no zone'; value = [datetime]::new(2024, 2, 29, 23, 59, 58); text = '2024-02-29T23:59:58' }
        @{ what = 'a local time, in UTC,'; text = '2024-07-01T12:00:00Z'
            value = [datetime]::new(2024, 7, 1, 12, 0, 0, [DateTimeKind]::Utc).ToLocalTime() }
        @{ what = 'a time with an offset'; value = [datetimeoffset]'2024-02-29T23:59:58+01:00'
            text = '2024-02-29T23:59:58+01:00' }
        @{ what = 'a duration'; value = [timespan]'1.02:03:04'; text = 'P1DT2H3M4S' }
        @{ what = 'what a cmdlet wrote'; value = (Write-Output 'wrapped'); text = 'wrapped' }
        @{ what = 'text with signs of XML'; value = '<a b="c">&amp; + ? '' "'; text = '<a b="c">&amp; + ? '' "' }
        @{ what = 'text with line ends and tabs'; value = "two`nlines`tand a tab"; text = "two`nlines`tand a tab" }
        @{ what = 'text of other languages'; value = "Gr`u{fc}`u{df}e `u{20ac} `u{1F600}"
            text = "Gr`u{fc}`u{df}e `u{20ac} `u{1F600}" }
    ) {
        $sent = @(Get-Sent @{ Value = $value })
        $sent | Should -HaveCount 1
        $sent[0].LocalName | Should -BeExactly 'Value'
        $sent[0].InnerText | Should -BeExactly $text
    }

    It 'sends null as nil' {
        $sent = @(Get-Sent @{ Value = $null })
        $sent | Should -HaveCount 1
        $sent[0].GetAttribute('nil', 'http://www.w3.org/2001/XMLSchema-instance') | Should -Be 'true'
        $sent[0].InnerText | Should -Be ''
    }

    It 'sends an array as an element for each value' {
        $sent = Get-Sent @{ Value = 1, 'two', $true }
        $sent.LocalName | Should -BeExactly 'Value', 'Value', 'Value'
        $sent.InnerText | Should -BeExactly '1', 'two', 'true'
    }

    It 'sends an XML element with the prefixes that its values may mean' {
        $sent = @(Get-Sent @{ Value = ([xml]'<r xmlns:q="urn:q" xmlns:t="urn:t"><q:e type="t:Kind">x</q:e></r>').r.e })
        $sent | Should -HaveCount 1
        $sent[0].ChildNodes | Should -HaveCount 1
        $embedded = $sent[0].FirstChild
        $embedded.NamespaceURI | Should -Be 'urn:q'
        $embedded.InnerText | Should -Be 'x'
        $embedded.GetNamespaceOfPrefix('t') | Should -Be 'urn:t'
    }

    It 'sends the entries of an ordered dictionary in its order' {
        $values = [ordered]@{}
        0..19 | ForEach-Object { $values["P$($_ * 7 % 20)"] = 'v' }
        (Get-Sent $values).LocalName | Should -BeExactly @($values.Keys)
    }

    It 'names a value that is <what>' -ForEach @(
        @{ what = 'a credential'; value = { $computer.Credential }; told = 'The value of Value is a credential' }
        @{ what = 'a hashtable'; value = { @{ a = 1 } }; told = 'Value is of the type Hashtable' }
        @{ what = 'an object with properties'; value = { [pscustomobject]@{ a = 1 } }
            told = 'Value is of the type PSCustomObject' }
        @{ what = 'an array within an array'; value = { 1, (2, 3) }; told = 'Value is of the type Object[]' }
        @{ what = 'half of a character'; value = { [string][char]0xD800 }; told = 'Value has half of a surrogate pair' }
        @{ what = 'no character of XML'; value = { [string][char]1 }; told = "'Value' has a character" }
    ) {
        $values = @{ Value = & $value }
        $failure = Get-ErrorLeavingNothing $computer -Unsent { Invoke-WSManAction $echo Echo -ValueSet $values @at }
        Assert-WSManError $failure InvokeWSManAction $echo $told
    }

    It 'names the key "<_>", which cannot be the name of an element' -ForEach 'a b', '<a>', 'a"b', '' {
        $values = @{ $_ = 'v' }
        $failure = Get-ErrorLeavingNothing $computer -Unsent { Invoke-WSManAction $echo Echo -ValueSet $values @at }
        Assert-WSManError $failure InvokeWSManAction $echo "'$_' in the values"
    }

    It 'sends a secure string of <what> as it is, and shows a placeholder with -Debug' -ForEach @(
        @{ what = 'letters'; secret = 'hunter2' }
        @{ what = 'signs of XML'; secret = "<a b=`"c`">&amp; 'x'`t`r`n" }
        @{ what = 'other languages'; secret = "Gr`u{fc}`u{df}e `u{20ac} `u{1F600}" }
        @{ what = 'no letters'; secret = '' }
    ) {
        $secure = ConvertTo-Secret $secret
        $values = @{ Value = $secure; After = 'x' }
        $said = [Collections.Generic.List[object]]::new()
        Invoke-WSManAction $echo Echo -ValueSet $values @at -Debug 5>&1 | ForEach-Object { $said.Add($_) }
        $answer = @($said | Where-Object { $_ -is [Xml.XmlElement] })
        $answer | Should -HaveCount 1
        ($answer.ChildNodes | Where-Object LocalName -eq Value).InnerText | Should -BeExactly $secret
        # What the caller holds is not used up.
        $secure.Length | Should -Be $secret.Length
        $said -match '^Request Invoke .*secret-[-0-9a-f]{36}<' | Should -HaveCount 1
    }

    It 'fails for a secret that XML cannot hold, and does not show it' {
        $values = @{ Value = ConvertTo-Secret "hunter2`u{1}" }
        $failure = Get-ErrorLeavingNothing $computer -Unsent { Invoke-WSManAction $echo Echo -ValueSet $values @at }
        Assert-WSManError $failure InvokeWSManAction $echo 'secret value', 'XML'
        "$failure" | Should -Not -BeLike '*hunter2*'
    }
}
