<#
.SYNOPSIS
The steps of the demo: what is typed, and what must come of it.

.DESCRIPTION
One row a step. Type is the line. Prints is the whole output, line by line, without blank lines;
Shows and Hides are patterns that the output must match and must not match. Connections is the
number of connections that the service then counts.
#>
param([string[]] $computers, [string] $user)

$one, $two = $computers
$connect = '-UseSSL -Authentication Basic -Credential $credential'
$heading = @(
    'WSManConfig: Microsoft.WSMan.Management\WSMan::WSMan'
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
@{ Type = "Disconnect-WSMan -computer $two -Verbose"; Shows = '(?m)^VERBOSE: .*close', "$two closed"; Connections = 0 }
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
        'RELATED LINKS\s+Connect-WSMan'
    )
}
