BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $credential = New-Credential
}

Describe 'New-WSManSessionOption' {
    It 'leaves everything at its default without parameters' {
        $option = New-WSManSessionOption
        $option.GetType().FullName | Should -Be 'Microsoft.WSMan.Management.SessionOption'
        $option.SkipCACheck | Should -BeFalse
        $option.SkipCNCheck | Should -BeFalse
        $option.SkipRevocationCheck | Should -BeFalse
        $option.UseEncryption | Should -BeTrue
        $option.UseUtf16 | Should -BeFalse
        [int] $option.ProxyAuthentication | Should -Be 0
        $option.ProxyCredential | Should -BeNullOrEmpty
        $option.ProxyAccessType | Should -Be ProxyIEConfig
        $option.SPNPort | Should -Be 0
        $option.OperationTimeout | Should -Be 0
    }

    It 'sets one property with each parameter' {
        $option = New-WSManSessionOption -SkipCACheck -SkipCNCheck -SkipRevocationCheck -NoEncryption -UseUTF16 `
            -SPNPort 7 -OperationTimeoutMSec 8 -ProxyAuthentication Basic -ProxyCredential $credential `
            -ProxyAccessType ProxyNoProxyServer
        $option.SkipCACheck | Should -BeTrue
        $option.SkipCNCheck | Should -BeTrue
        $option.SkipRevocationCheck | Should -BeTrue
        $option.UseEncryption | Should -BeFalse
        $option.UseUtf16 | Should -BeTrue
        $option.ProxyAuthentication | Should -Be Basic
        $option.ProxyCredential.UserName | Should -Be $userName
        $option.ProxyAccessType | Should -Be ProxyNoProxyServer
        $option.SPNPort | Should -Be 7
        $option.OperationTimeout | Should -Be 8
    }

    It 'has a type that a script makes itself, with the same defaults, and <name> can be set' -ForEach @(
        @{ name = 'SkipCACheck'; value = $true }, @{ name = 'SkipCNCheck'; value = $true }
        @{ name = 'SkipRevocationCheck'; value = $true }, @{ name = 'UseEncryption'; value = $false }
        @{ name = 'UseUtf16'; value = $true }, @{ name = 'SPNPort'; value = 7 }
        @{ name = 'OperationTimeout'; value = 8 }, @{ name = 'ProxyAccessType'; value = 'ProxyAutoDetect' }
        @{ name = 'ProxyAuthentication'; value = 'Digest' }
        @{ name = 'ProxyCredential'; value = [Net.NetworkCredential]::new('user', 'x') }
    ) {
        $option = [Microsoft.WSMan.Management.SessionOption]::new()
        $given = New-WSManSessionOption
        foreach ($property in $given.psobject.Properties.Name) { $option.$property | Should -Be $given.$property }
        $option.$name | Should -Not -Be $value
        $option.$name = $value
        $option.$name | Should -Be $value
    }

    It 'takes a credential without a user for none' {
        $option = New-WSManSessionOption -ProxyAuthentication Negotiate -ProxyCredential ([pscredential]::Empty)
        $option.ProxyAuthentication | Should -Be Negotiate
        $option.ProxyCredential | Should -BeNullOrEmpty
    }

    It 'fails with <what>, writes nothing and ends nothing' -ForEach @(
        @{
            what = 'the proxy authentication Basic without a credential'
            missing = 'ProxyCredential'
            make = { New-WSManSessionOption -ProxyAuthentication Basic; 'after' }
        }
        @{
            what = 'the proxy authentication Digest without a credential'
            missing = 'ProxyCredential'
            make = { New-WSManSessionOption -ProxyAuthentication Digest; 'after' }
        }
        @{
            what = 'a proxy credential without an authentication'
            missing = 'ProxyAuthentication'
            make = { New-WSManSessionOption -ProxyCredential $credential; 'after' }
        }
    ) {
        $failure, $rest = & $make 2>&1
        Assert-Error $failure -Id 'InvalidOperationException,Microsoft.WSMan.Management.NewWSManSessionOptionCommand' `
            -Category InvalidOperation -Target $null -Text $missing
        $rest | Should -Be 'after'
    }

    It 'does not bind <what> below zero' -ForEach @(
        @{ what = '-SPNPort'; make = { New-WSManSessionOption -SPNPort -1 } }
        @{ what = '-OperationTimeout'; make = { New-WSManSessionOption -OperationTimeout -1 } }
    ) {
        Assert-Error (Get-OneError $make) `
            -Id 'ParameterArgumentValidationError,Microsoft.WSMan.Management.NewWSManSessionOptionCommand' `
            -Category InvalidData -Target $null -Text $what.TrimStart('-')
    }
}
