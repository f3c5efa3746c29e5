# The table of Teardown.Endings.*.Tests.ps1: ways to end x things that are open x what the server does then.
@{
    # Path is how the service of the tests is asked for it, Leaves whether things stay on it then.
    Faults = @(
        @{ Fault = 'is well'; Path = 'wsman'; Leaves = $false }
        @{ Fault = 'answers nothing'; Path = 'teardown/any/stall/wsman'; Leaves = $true }
        @{ Fault = 'refuses the credential'; Path = 'teardown/any/status-401/wsman'; Leaves = $true }
        @{ Fault = 'obeys, but its answer is lost'; Path = 'teardown/any/lost/wsman'; Leaves = $false }
    )

    # Open: contexts, shells, commands.
    Things = @(
        @{ Thing = 'a connection'; Open = 0, 0, 0 }
        @{ Thing = 'an enumeration'; Open = 1, 0, 0 }
        @{ Thing = 'a shell'; Open = 0, 1, 0 }
        @{ Thing = 'a command in a shell'; Open = 0, 1, 1 }
        @{ Thing = 'several of each'; Open = 2, 2, 2 }
    )

    # The end of a process, which can tell nothing. Ending is its last command, or Signal reaches it while it runs one. With
    # InJob all that is in a job of the process.
    Processes = @(
        @{ Way = 32; How = 'exit'; Ending = 'exit 3'; Code = 3 }
        @{ Way = 33; How = 'an error that nobody handles'; Ending = "throw 'unhandled by the script'"; Code = 1 }
        @{ Way = 34; How = 'Environment.Exit'; Ending = '[Environment]::Exit(4)'; Code = 4 }
        # A script block cannot run on a thread without a runspace, and nobody catches that.
        @{ Way = 35; How = 'an exception that no thread handles'; Code = 134
            Ending = '$thread = [Threading.Thread]::new([Threading.ThreadStart] { }); $thread.Start(); $thread.Join()'
        }
        @{ Way = 36; How = 'SIGTERM'; Signal = 'TERM'; Code = 143 }
        @{ Way = 37; How = 'SIGHUP'; Signal = 'HUP'; Code = 129 }
        @{ Way = 38; How = 'SIGINT'; Signal = 'INT'; Code = 1 }
        @{ Way = 39; How = 'kill -9'; Signal = 'KILL'; Code = 137; LeavesAll = $true }
        @{ Way = 40; How = 'kill -9 of the parent of its job'; Signal = 'KILL'; Code = 137; InJob = $true }
    )

    # The end of a job. Ending is what is done with $job.
    Jobs = @(
        @{ Way = 41; How = 'the end of its script'; Ending = '$null = Wait-Job $job' }
        @{ Way = 42; How = 'Stop-Job'; Ending = 'Stop-Job $job'; Waits = $true }
        @{ Way = 43; How = 'Remove-Job -Force'; Ending = 'Remove-Job $job -Force'; Waits = $true }
    )

    # A command that ends sessions. Silent is one that has no stream to tell it. Before ends what reads the enumerations and no
    # session, which ReadBy reads.
    Commands = @(
        @{ Way = 44; How = 'Disconnect-WSMan'; Ending = '$addresses.ForEach{ Disconnect-WSMan $_ @listen }' }
        @{ Way = 52; How = 'Remove-WSManSession'; Ending = 'Remove-WSManSession $addresses @listen' }
        @{ Way = 45; How = 'Remove-Item'; Ending = '$addresses.ForEach{ Remove-Item WSMan:\$_ @listen }' }
        @{ Way = 46; How = 'Connect-WSMan under the same name'; Connections = 1
            Ending = '$addresses.ForEach{ Connect-WSMan $_ @login @listen }'
        }
        @{ Way = 47; How = 'Remove-PSDrive'; Ending = 'Remove-PSDrive WSMan @listen' }
        @{ Way = 48; How = 'Remove-Module'; Ending = 'Remove-Module Portable.WSMan.Management'; Silent = $true }
        @{ Way = 49; How = 'Disconnect-WSMan after a runspace was disposed of'; Before = '$reader.Runspace.Dispose()'
            Ending = '$addresses.ForEach{ Disconnect-WSMan $_ @listen }'
        }
        @{ Way = 50; How = 'Disconnect-WSMan after a thread job was removed'; Before = 'Remove-Job $reader -Force'
            Ending = '$addresses.ForEach{ Disconnect-WSMan $_ @listen }'; ReadBy = 'ThreadJob'
        }
        @{ Way = 51; How = 'Disconnect-WSMan after the time of ForEach-Object -Parallel was up'; Before = '""'
            Ending = '$addresses.ForEach{ Disconnect-WSMan $_ @listen }'; ReadBy = 'Parallel'
        }
    )
}
