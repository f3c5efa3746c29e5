# The original in a PowerShell of its own, with a session to one computer. It reads lines of script, and answers
# each with its outcome as one line of JSON after a =, since a prompt may have been written before.
param(
    [Parameter(Mandatory)] [string] $Module, [Parameter(Mandatory)] [string] $Name,
    [Parameter(Mandatory)] [int] $Port, [string] $UserName
)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Module
Import-Module "$PSScriptRoot/Outcome.psm1"
$original = [Microsoft.WSMan.Management.IWSManSession].Assembly
Add-Type -Path "$PSScriptRoot/Session.cs" -ReferencedAssemblies @(
    'System.Runtime', 'System.Runtime.InteropServices', $original.Location)

$handler = [Net.Http.HttpClientHandler]::new()
$handler.ServerCertificateCustomValidationCallback =
    [Net.Http.HttpClientHandler]::DangerousAcceptAnyServerCertificateValidator
$client = [Net.Http.HttpClient]::new($handler)
$login = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("${UserName}:$env:WSMAN_TEST_PASSWORD"))
$client.DefaultRequestHeaders.Authorization = "Basic $login"
$actions = @{
    Get = 'http://schemas.xmlsoap.org/ws/2004/09/transfer/Get'
    Put = 'http://schemas.xmlsoap.org/ws/2004/09/transfer/Put'
    Create = 'http://schemas.xmlsoap.org/ws/2004/09/transfer/Create'
    Delete = 'http://schemas.xmlsoap.org/ws/2004/09/transfer/Delete'
    Enumerate = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration/Enumerate'
}

# Sends one request as WinRM would, and returns what is in the body of the answer.
function Send-Request([string] $Operation, [string] $Resource, [string] $Body) {
    $uri, $filter = $Resource -split '\?', 2
    $selectors = foreach ($pair in $filter -split '\+' -ne '') {
        $key, $value = $pair -split '=', 2
        "<w:Selector Name=`"$key`">$([Security.SecurityElement]::Escape($value))</w:Selector>"
    }
    if ($Operation -eq 'Enumerate') {
        $Body = '<n:Enumerate xmlns:n="http://schemas.xmlsoap.org/ws/2004/09/enumeration"><w:OptimizeEnumeration/>' +
            '<w:MaxElements>1000</w:MaxElements></n:Enumerate>'
    }
    $uri = $uri -replace '^winrm/', 'http://schemas.microsoft.com/wbem/wsman/1/'
    $addressing = 'http://schemas.xmlsoap.org/ws/2004/08/addressing'
    $envelope = @"
<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="$addressing"
    xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"><s:Header>
<a:To>https://${Name}:$Port/wsman</a:To>
<w:ResourceURI s:mustUnderstand="true">$uri</w:ResourceURI>
<a:ReplyTo><a:Address>$addressing/role/anonymous</a:Address></a:ReplyTo>
<a:Action s:mustUnderstand="true">$($actions[$Operation])</a:Action>
<w:MaxEnvelopeSize s:mustUnderstand="true">512000</w:MaxEnvelopeSize>
<a:MessageID>uuid:$([guid]::NewGuid())</a:MessageID>
<w:SelectorSet>$selectors</w:SelectorSet>
<w:OperationTimeout>PT60.000S</w:OperationTimeout></s:Header><s:Body>$Body</s:Body></s:Envelope>
"@
    $content = [Net.Http.StringContent]::new($envelope, [Text.Encoding]::UTF8, 'application/soap+xml')
    $answer = [xml] $client.PostAsync("https://${Name}:$Port/wsman", $content).Result.Content.ReadAsStringAsync().Result
    $fault = $answer.SelectSingleNode('//*[local-name()="WSManFault"]')
    if ($fault) { throw $fault.OuterXml }
    $items = $Operation -eq 'Enumerate' ? '//*[local-name()="Items"]' : '//*[local-name()="Body"]'
    "$($answer.SelectSingleNode($items).InnerXml)"
}

$sessions = $original.GetType('Microsoft.WSMan.Management.WSManHelper+Sessions').
    GetField('SessionObjCache', [Reflection.BindingFlags]'NonPublic, Static').GetValue($null)
$sessions['localhost'] = $sessions[$Name] = [Session]::new({ Send-Request $args[0] $args[1] $args[2] })

while ($null -ne ($line = [Console]::In.ReadLine())) {
    $outcome = Get-Outcome ($line | ConvertFrom-Json) "WSMan::$Name"
    [Console]::Out.WriteLine("`n=$(ConvertTo-Json -InputObject @($outcome) -Compress)")
}
