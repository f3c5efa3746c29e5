<#
.SYNOPSIS
The steps of the demo: what is typed, and what must come of it.

.DESCRIPTION
One row a step. Type is the line. Prints is the whole output, line by line, without blank lines; Shows and Hides are
patterns that the output must match and must not match. Connections, Contexts, Shells and Commands are the numbers that
the service then counts.
#>
param([string[]] $computers, [string] $user)

$one, $two = $computers
$enumerate = "Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -ComputerName $two"
$connect = '-UseSSL -Authentication Basic -Credential $credential'
$heading = @(
    'WSManConfig:'
    'ComputerName                                  Type'
    '------------                                  ----'
    'localhost                                     Container'
)

@{ Type = 'Import-Module Portable.WSMan.Management'; Prints = @() }
@{ Type = '$password = [Net.NetworkCredential]::new('''', $env:DEMO_PASSWORD).SecurePassword'; Prints = @() }
@{ Type = "`$credential = [pscredential]::new('$user', `$password)"; Prints = @() }
@{ Type = "Test-WSMan $one -UseSSL"; Shows = 'ProtocolVersion +: ', 'ProductVersion +: OS: 0\.0\.0'; Connections = 0 }
@{ Type = "Connect-WSMan -ComputerName $one $connect"; Prints = @(); Connections = 1 }
@{ Type = "`$session = Connect-WSMan -ComputerName $two $connect -PassThru"; Prints = @(); Connections = 2 }
@{ Type = 'cd WSMan:'; Prints = @() }
@{ Type = 'dir'; Prints = $heading + ("$one".PadRight(46) + 'Container') + ("$two".PadRight(46) + 'Container') }
@{ Type = "Disconnect-WSMan -computer $one"; Prints = @(); Connections = 1 }
@{ Type = 'dir'; Prints = $heading + ("$two".PadRight(46) + 'Container') }
@{ Type = '$session.State'; Prints = 'Opened' }
@{ Type = "`$shell = New-WSManInstance shell/cmd @{} -ComputerName $two"; Prints = @(); Shells = 1 }
@{ Type = "`$id = `$shell.ReferenceParameters.SelectorSet.Selector.'#text'"; Prints = @() }
@{ Type = "`$run = @{ Action = 'Command'; ComputerName = '$two'; ValueSet = @{ Command = 'sleep' } }"; Prints = @() }
@{ Type = '$null = Invoke-WSManAction shell/cmd @run -SelectorSet @{ ShellId = $id }'; Prints = @(); Commands = 1 }
@{ Type = "`$reader = Start-ThreadJob { $enumerate | ForEach-Object { Start-Sleep 60 } }"; Prints = @(); Contexts = 1 }
@{ Type = '$session | Format-List State, OpenEnumerations, OpenShells'; Shows = 'Enumerations +: 1', 'Shells +: 1' }
@{
    Type = "Disconnect-WSMan -computer $two -Verbose -InformationVariable report"
    Shows = @(
        '(?m)^VERBOSE: .*terminate: ok'
        '(?m)^VERBOSE: .*delete: ok'
        '(?m)^VERBOSE: .*release: ok'
        '(?m)^VERBOSE: .*close: ok'
        "$two closed: 1 enumeration, 1 shell, 1 command, "
    )
    Hides = 'WARNING'
    Connections = 0
    Contexts = 0
    Shells = 0
    Commands = 0
}
@{
    Type = '$report.MessageData'
    Shows = 'Graceful +: True', 'CommandsTerminated +: 1', 'ShellsDeleted +: 1', 'EnumerationsReleased +: 1'
}
@{ Type = '$reader | Remove-Job -Force'; Prints = @() }
@{ Type = 'dir'; Prints = $heading }
@{ Type = '$session.State'; Prints = 'Closed' }
@{ Type = "Disconnect-WSMan -computer $two"; Shows = 'Disconnect-WSMan', [regex]::Escape($two) }
@{ Type = '$Error[0].FullyQualifiedErrorId'; Prints = 'WsManError,Microsoft.WSMan.Management.DisconnectWSManCommand' }
@{
    Type = 'Get-Help Disconnect-WSMan -Full'
    Shows = @(
        'SYNOPSIS'
        'Disconnect-WSMan \[\[-ComputerName\] <String>\] \[<CommonParameters>\]'
        'Position\? +0'
        'INPUTS\s+None'
        'OUTPUTS\s+None'
        'Disconnect-WSMan -computer server01'
        'RELATED LINKS\s+Online Version: \S+\s+Connect-WSMan'
    )
}
