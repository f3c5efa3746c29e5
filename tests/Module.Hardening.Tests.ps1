# What the files that are shipped have against who would use a fault in them, as native/hardening.cmake asks for it.
BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1", "$PSScriptRoot/Library.psm1"
}

# Windows and macOS have other formats, and guard what they load by themselves.
Describe 'The native library' -Skip:(-not $IsLinux) {
    BeforeAll {
        $library = (Get-ChildItem $module -Recurse -Filter libwsman_native.so).FullName
        $architecture = "$([Runtime.InteropServices.RuntimeInformation]::OSArchitecture)"
        $dynamic, $segments, $symbols = '--dynamic', '--segments', '--dyn-syms' | ForEach-Object { Read-Library $library $_ }
    }

    It 'has its tables resolved at once and never written again' {
        $dynamic | Should -Match '(?m)\(FLAGS\).*BIND_NOW'
        $segments | Should -Match '(?m)^\s+GNU_RELRO\s'
    }

    It 'has a stack that is no code, no page that is code and can be written, and no relocation of code' {
        $segments | Should -Match '(?m)^\s+GNU_STACK\s.*\sRW\s'
        $segments | Should -Not -Match '(?m)\sRWE\s'
        $dynamic | Should -Not -Match 'TEXTREL'
    }

    It 'guards the stack and checks the bounds of C functions' {
        $symbols | Should -Match '\b__stack_chk_fail\b'
        $symbols | Should -Match '\b__\w+_chk\b'
    }

    It 'checks the bounds of the containers of C++' {
        $symbols | Should -Match 'glibcxx_assert_fail'
    }

    It 'has a mark at each function that others call, where the processor checks the targets of jumps' {
        Get-UnmarkedFunction $library $architecture | Should -BeNullOrEmpty
    }

    It 'is marked for a shadow stack, where processors have one' -Skip:(
        [Runtime.InteropServices.RuntimeInformation]::OSArchitecture -ne 'X64'
    ) {
        Read-Library $library --notes | Should -Match 'x86 feature:.*SHSTK'
    }

    It 'is looked for nowhere but beside the module, and looks for others where the system has them' {
        $dynamic | Should -Not -Match 'R(UN)?PATH'
    }
}

Describe 'What the build leaves of itself' {
    It 'is no path of the machine, in any file of the module' {
        # Latin-1 has a character for each byte; an assembly has its texts in UTF-16.
        foreach ($file in Get-ChildItem $module -Recurse -File) {
            $bytes = [IO.File]::ReadAllBytes($file)
            [Text.Encoding]::Latin1.GetString($bytes).Contains($root) | Should -BeFalse -Because $file.FullName
            # At any offset.
            foreach ($from in 0, 1) {
                $text = [Text.Encoding]::Unicode.GetString($bytes, $from, $bytes.Length - $from)
                $text.Contains($root) | Should -BeFalse -Because $file.FullName
            }
        }
    }

    It 'is for debuggers the path of each source from the root of the repository' {
        $reader = [Reflection.PortableExecutable.PEReader]::new(
            [IO.File]::OpenRead("$module/Microsoft.WSMan.Management.dll"))
        try {
            $entry = $reader.ReadDebugDirectory().Where{ $_.Type -eq 'EmbeddedPortablePdb' }[0]
            $provider = $reader.ReadEmbeddedPortablePdbDebugDirectoryData($entry)
            $pdb = [Reflection.Metadata.MetadataReaderProvider].GetMethod('GetMetadataReader').Invoke($provider, @(0, $null))
            $sources = foreach ($handle in $pdb.Documents) { $pdb.GetString($pdb.GetDocument($handle).Name) }
        } finally {
            $reader.Dispose()
        }

        $sources | Should -Contain '/_/module/Errors.cs'
        $sources | Where-Object { $_ -like "$root*" } | Should -BeNullOrEmpty
    }

    It 'is in a stack trace the path of the source from the root of the repository' {
        $failed = Get-OneError { Connect-WSMan 127.0.0.1 -Authentication None -Port 1 }

        "$($failed.Exception)" | Should -BeLike '* in /_/module/*'
        "$($failed.Exception)" | Should -Not -BeLike "*$root*"
    }
}
