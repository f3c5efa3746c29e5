# Writes what a module says of itself as one JSON object: the name of a fact, and its value as text. It runs in a
# PowerShell of its own, once with the original and once with this module; both have the same names inside.
param([Parameter(Mandatory)] [string] $Module)
$ErrorActionPreference = 'Stop'

$imported = Import-Module $Module -PassThru
$assemblies = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object FullName -Like 'Microsoft.WSMan.*'
$facts = [Collections.Generic.SortedDictionary[string, string]]::new([StringComparer]::Ordinal)

function Add-Fact([string] $Name, $Value) { $facts.Add($Name, "$Value") }

# A type as C# writes it.
function Get-TypeName([type] $Type) {
    if (-not $Type.IsGenericType) { return "$Type" }
    '{0}<{1}>' -f ($Type.Name -replace '`.*'), ($Type.GetGenericArguments().ForEach{ Get-TypeName $_ } -join ', ')
}

#region Cmdlets and their parameters

function Get-Validation([attribute] $Attribute) {
    switch ($Attribute) {
        { $_ -is [ValidateRange] } { return "ValidateRange $($_.MinRange)..$($_.MaxRange)" }
        { $_ -is [ValidateSet] } { return "ValidateSet $($_.ValidValues -join ',') IgnoreCase=$($_.IgnoreCase)" }
        { $_ -is [ArgumentCompleter] } { return "ArgumentCompleter $($_.Type.FullName)" }
        default { return $_.GetType().Name -replace 'Attribute$' }
    }
}

function Add-Parameter([string] $Name, [Management.Automation.ParameterMetadata] $Parameter) {
    Add-Fact "$Name type" (Get-TypeName $Parameter.ParameterType)
    Add-Fact "$Name aliases" ($Parameter.Aliases -join ',')
    foreach ($set in $Parameter.ParameterSets.GetEnumerator()) {
        $about = @(
            if ($set.Value.Position -ge 0) { "position $($set.Value.Position)" }
            if ($set.Value.IsMandatory) { 'mandatory' }
            if ($set.Value.ValueFromPipeline) { 'pipeline' }
            if ($set.Value.ValueFromPipelineByPropertyName) { 'property' }
            if ($set.Value.ValueFromRemainingArguments) { 'remaining' }
            if ($set.Value.HelpMessage) { 'help' }
            'yes')
        Add-Fact "$Name in the set $($set.Key)" ($about -join ', ')
    }
    $checks = $Parameter.Attributes | Where-Object { $_ -isnot [Parameter] -and $_ -isnot [Alias] } |
        Where-Object { $_ -is [Management.Automation.Internal.CmdletMetadataAttribute] -or $_ -is [ArgumentCompleter] }
    Add-Fact "$Name validation" (@($checks | ForEach-Object { Get-Validation $_ } | Sort-Object) -join '; ')
}

$cmdlets = Get-Command -CommandType Cmdlet -Module $imported.Name
Add-Fact 'commands' (@($imported.ExportedCommands.Keys | Sort-Object) -join ',')
$engine = [Management.Automation.Cmdlet]::CommonParameters + [Management.Automation.Cmdlet]::OptionalCommonParameters
foreach ($cmdlet in $cmdlets) {
    $metadata = [Management.Automation.CommandMetadata]::new($cmdlet)
    $says = $cmdlet.ImplementingType.GetCustomAttributes([Management.Automation.CmdletAttribute], $false)[0]
    Add-Fact "$cmdlet class" $cmdlet.ImplementingType
    Add-Fact "$cmdlet default set" $cmdlet.DefaultParameterSet
    Add-Fact "$cmdlet output" ($cmdlet.OutputType.Name -join ',')
    Add-Fact "$cmdlet help file" $cmdlet.HelpFile
    foreach ($name in 'HelpUri', 'RemotingCapability', 'SupportsShouldProcess', 'ConfirmImpact', 'SupportsPaging') {
        Add-Fact "$cmdlet $name" $metadata.$name
    }
    Add-Fact "$cmdlet SupportsTransactions" $says.SupportsTransactions
    foreach ($set in $cmdlet.ParameterSets) {
        Add-Fact "$cmdlet syntax of the set $($set.Name)" (@("$set" -split ' (?=\[)' | Sort-Object) -join ' ')
        Add-Fact "$cmdlet order in the set $($set.Name)" $set
        Add-Fact "$cmdlet default of the set $($set.Name)" $set.IsDefault
    }
    # Some of the original make a COM object at once.
    try { $new = $cmdlet.ImplementingType::new() } catch [PlatformNotSupportedException] { $new = $null }
    foreach ($parameter in $cmdlet.Parameters.Values) {
        if ($parameter.Name -in $engine) { continue }
        Add-Parameter "$cmdlet -$($parameter.Name)" $parameter
        if ($new) { Add-Fact "$cmdlet -$($parameter.Name) value when it is not given" $new.($parameter.Name) }
    }
}

#endregion
#region The types that a script can name

foreach ($type in $assemblies.ForEach{ $_.GetExportedTypes() }) {
    $name = "type $($type.Name)"
    $kind = $type.IsEnum ? 'enum' : $type.IsInterface ? 'interface' : $type.IsValueType ? 'struct' : 'class'
    Add-Fact $name "$kind $($type.FullName)"
    if ($type.IsEnum) {
        Add-Fact "$name underlying type" $type.GetEnumUnderlyingType()
        Add-Fact "$name flags" $type.IsDefined([FlagsAttribute], $false)
        foreach ($value in $type.GetEnumNames()) { Add-Fact "$name value $value" ([int] $type::$value) }
        continue
    }
    Add-Fact "$name base" $type.BaseType
    Add-Fact "$name modifiers" (@('Abstract', 'Sealed').Where{ $type."Is$_" } -join ',')
    Add-Fact "$name interfaces" (@($type.GetInterfaces().FullName | Sort-Object) -join ',')
    $members = $type.GetMembers('Public,Instance,Static,FlattenHierarchy') |
        Where-Object { $_.DeclaringType.Assembly -in $assemblies }
    foreach ($property in $members | Where-Object MemberType -EQ Property) {
        $access = @($property.GetAccessors().ForEach{ $_.ReturnType -eq [void] ? 'set' : 'get' }) -join ', '
        $static = $property.GetAccessors()[0].IsStatic ? 'static ' : ''
        Add-Fact "$name property $($property.Name)" "$static$(Get-TypeName $property.PropertyType) { $access }"
    }
    foreach ($other in $members | Where-Object MemberType -In Field, Event, NestedType) {
        $kind = "$($other.MemberType)".ToLowerInvariant()
        Add-Fact "$name $kind $($other.Name)" (Get-TypeName ($other.FieldType ?? $other.EventHandlerType ?? [object]))
    }
    foreach ($method in $members | Where-Object { $_.MemberType -in 'Method', 'Constructor' -and -not (
            $_.IsSpecialName -and $_.Name -match '^[gs]et_') }) {
        $given = $method.GetParameters().ForEach{ Get-TypeName $_.ParameterType } -join ', '
        $result = $method.MemberType -eq 'Method' ? (Get-TypeName $method.ReturnType) : 'new'
        if ($method.IsStatic) { $result = "static $result" }
        Add-Fact "$name $($method.MemberType.ToString().ToLowerInvariant()) $($method.Name)($given)" $result
    }
}

#endregion
#region The provider

$provider = Get-PSProvider WSMan
foreach ($name in 'Name', 'Capabilities', 'HelpFile', 'ModuleName', 'ImplementingType', 'Description', 'Home') {
    Add-Fact "provider $name" $provider.$name
}
Add-Fact 'provider full name' $provider
$drive = Get-PSDrive WSMan
foreach ($name in 'Name', 'Root', 'Description', 'CurrentLocation') { Add-Fact "drive $name" $drive.$name }

# The original knows paths of connected computers alone.
$sessions = $assemblies.ForEach{ $_.GetType('Microsoft.WSMan.Management.WSManHelper+Sessions') } | Where-Object { $_ }
if ($sessions) {
    $connected = $sessions.GetField('SessionObjCache', [Reflection.BindingFlags]'NonPublic, Static').GetValue($null)
    $connected['localhost'] = $connected['server01'] = $null
}

# What else an item cmdlet takes at each kind of place.
$places = [ordered]@{
    'the root' = ''
    'a computer' = 'server01'
    'Client' = 'server01\Client'
    'Client\TrustedHosts' = 'server01\Client\TrustedHosts'
    'Service' = 'server01\Service'
    'Shell' = 'server01\Shell'
    'Listener' = 'server01\Listener'
    'a listener' = 'server01\Listener\Listener_1'
    'ClientCertificate' = 'server01\ClientCertificate'
    'Plugin' = 'server01\Plugin'
    'a plugin' = 'server01\Plugin\My_1'
    'InitializationParameters' = 'server01\Plugin\My_1\InitializationParameters'
    'Quotas' = 'server01\Plugin\My_1\Quotas'
    'Resources' = 'server01\Plugin\My_1\Resources'
    'a resource' = 'server01\Plugin\My_1\Resources\Resource_1'
    'Security' = 'server01\Plugin\My_1\Resources\Resource_1\Security'
}
foreach ($place in $places.Keys) {
    $path = $places[$place] ? "Microsoft.WSMan.Management\WSMan::$($places[$place])" : 'WSMan:\'
    foreach ($verb in 'New', 'Set', 'Clear', 'Remove', 'Get') {
        $item = Get-Command "$verb-Item" -ArgumentList $path
        $added = $item.Parameters.Values | Where-Object IsDynamic
        Add-Fact "$item at $place takes" (@($added.Name | Sort-Object) -join ',')
        foreach ($parameter in $added) { Add-Parameter "$item at $place -$($parameter.Name)" $parameter }
    }
}

#endregion
#region Views

function Get-Label($Control) {
    switch ($Control) {
        { $_ -is [Management.Automation.TableControl] } {
            for ($i = 0; $i -lt $_.Headers.Count; $i++) {
                $header, $column = $_.Headers[$i], $_.Rows[0].Columns[$i]
                "$($header.Label):$($header.Width):$($header.Alignment)=$($column.DisplayEntry)$($column.FormatString)"
            }
        }
        { $_ -is [Management.Automation.ListControl] } {
            foreach ($item in $_.Entries[0].Items) { "$($item.Label)=$($item.DisplayEntry)$($item.FormatString)" }
        }
    }
}

# PowerShell carries the original's views in itself, and shows them where its file is imported.
$builtIn = [psobject].Assembly.GetType('System.Management.Automation.Runspaces.WSMan_Format_Ps1Xml')
$views = $imported.ExportedFormatFiles ? (Get-FormatData -PowerShellVersion $PSVersionTable.PSVersion) :
    $builtIn.GetMethod('GetFormatData', [Reflection.BindingFlags]'NonPublic, Static').Invoke($null, @())
foreach ($view in $views | Where-Object { $_.TypeNames -match 'WSMan' }) {
    foreach ($definition in $view.FormatViewDefinition) {
        $name = "view of $($view.TypeNames -join ',')"
        $control = $definition.Control
        Add-Fact "$name name" $definition.Name
        Add-Fact "$name kind" $control.GetType().Name
        Add-Fact "$name grouped by" "$($control.GroupBy.Expression) $($control.GroupBy.Label)"
        Add-Fact "$name columns" (@(Get-Label $control) -join '; ')
    }
}

#endregion

$facts | ConvertTo-Json -Compress
