# The first nested module: it keeps this module's assembly out of a process where Windows' own assembly of
# the same name may be loaded. Nothing else is loaded before it has run. What it says there is a block of its own, because
# every import compiles what stands outside of one.
if ($IsWindows) {
    & {
        $message = 'On Windows use the module in the box: Import-Module Microsoft.WSMan.Management. ' +
            'Portable.WSMan.Management brings the same commands to Linux and macOS.'
        throw [System.Management.Automation.ErrorRecord]::new(
            [System.PlatformNotSupportedException]::new($message),
            'UseTheModuleInTheBox',
            [System.Management.Automation.ErrorCategory]::NotImplemented,
            'Portable.WSMan.Management')
    }
}

Set-StrictMode -Off

# .NET has one assembly of a name in a process, and takes every copy of it for the same. Of another build the engine,
# which loads the file next, would say only that it cannot be loaded.
try { $null = [System.Reflection.Assembly]::LoadFrom("$PSScriptRoot/Microsoft.WSMan.Management.dll") } catch {
    & {
        param($failure)
        $other = @([System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies).Where{
            $_.FullName.StartsWith('Microsoft.WSMan.Management,')
        }
        # What else is wrong with the file the engine says.
        if (-not $other -or $failure.Exception.InnerException -isnot [System.IO.FileLoadException]) { return }
        $message = "Another version of this module, or Microsoft's own, is loaded in this PowerShell, from " +
            "$($other[0].Location). A process can have one of them: start a new PowerShell for that of $PSScriptRoot."
        throw [System.Management.Automation.ErrorRecord]::new(
            [System.InvalidOperationException]::new($message, $failure.Exception),
            'AnotherVersionIsLoaded',
            [System.Management.Automation.ErrorCategory]::ResourceExists,
            'Portable.WSMan.Management')
    } $_
}

# Get-Help reads the file of the pages once, for the cmdlets of one module, so those of a second name would have none. It
# forgets what it has read when a module is removed, whichever. Get-Module is run by its type, so that a session that
# hides commands has it too.
$getModule = [System.Management.Automation.CmdletInfo]::new('Get-Module', [Microsoft.PowerShell.Commands.GetModuleCommand])
if (@(& $getModule -All).Where{ $_.NestedModules.Path -contains $PSCommandPath }) {
    New-Module { } | Import-Module -PassThru | Remove-Module
}

# Where the drop-in is imported as well, both have one assembly, and with the first that is removed the engine takes the
# drive away and forgets to tell the assembly of the second. So they go together. The engine runs this after it has
# removed the assembly of the one; it belongs to no module, so that it removes what the caller of Remove-Module sees.
$ExecutionContext.SessionState.Module.OnRemove = {
    param($guard)
    # It runs in the scope of the caller, who may be strict: a module without nested ones has no Path there.
    Set-StrictMode -Off
    $ErrorActionPreference = 'Continue'
    # All, since another module may have imported it for itself.
    Get-Module -All | Where-Object {
        $_.NestedModules.Path -contains $guard.Path -and
        -not $_.NestedModules.Where{ [object]::ReferenceEquals($_, $guard) }
    } | ForEach-Object {
        $other = $_.NestedModules.Where{ $_.Path -eq $guard.Path }[0]
        $ending, $other.OnRemove = $other.OnRemove, $null
        Remove-Module $_ -Force
        # A module that has it for itself takes the assembly away once more when it is removed.
        $other.OnRemove = $ending
        Write-Warning "$($_.Name) is the same module under another name, and was removed with it."
    }
}.Ast.GetScriptBlock()
