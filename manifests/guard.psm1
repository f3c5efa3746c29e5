# The first nested module: it keeps this module's assembly out of a process where Windows' own assembly of
# the same name may be loaded. Nothing else is loaded before it has run.
if ($IsWindows) {
    $message = 'On Windows use the module in the box: Import-Module Microsoft.WSMan.Management. ' +
        'Portable.WSMan.Management brings the same commands to Linux and macOS.'
    throw [System.Management.Automation.ErrorRecord]::new(
        [System.PlatformNotSupportedException]::new($message),
        'UseTheModuleInTheBox',
        [System.Management.Automation.ErrorCategory]::NotImplemented,
        'Portable.WSMan.Management')
}
