Describe 'Test-Layering.ps1' {
    BeforeAll {
        # A small tree that keeps every rule.
        $inOrder = @{
            'native/abi/a.cpp' = '#include <nlohmann/json.hpp>', '#include "base/b.h"', '#include "session/s.h"',
                '#include "wsman/wsman.h"'
            'native/session/s.h' = '#include "protocol/p.h"'
            'native/protocol/p.h' = '#include <libxml/parser.h>'
            'native/transport/t.cpp' = '#include <boost/asio.hpp>', '#include <cpprest/http_client.h>',
                '#include <openssl/ssl.h>', '#include <sys/socket.h>'
            'native/base/b.h' = '#include <string>'
            'native/include/wsman/wsman.h' = '#include <stdint.h>'
            'module/Commands/C.cs' = 'WSManClient.Connect();'
        }

        function New-Tree {
            $tree = Join-Path $TestDrive ([guid]::NewGuid())
            foreach ($file in $inOrder.Keys) { $null = New-Item -Force "$tree/$file" -Value ($inOrder[$file] -join "`n") }
            $tree
        }

        function Test-Tree([string] $tree) {
            $said = & "$PSScriptRoot/Test-Layering.ps1" -Root $tree
            $LASTEXITCODE | Should -Be ($said ? 1 : 0)
            "$said"
        }
    }

    It 'finds this repository in order' {
        Test-Tree (Split-Path $PSScriptRoot) | Should -BeNullOrEmpty
    }

    It 'finds a tree in order that keeps every rule' {
        Test-Tree (New-Tree) | Should -BeNullOrEmpty
    }

    It 'refuses "<Line>" in <File>: <Says>' -ForEach @(
        @{ File = 'native/base/b.h'; Line = '#include "transport/t.h"'; Says = 'base may not know transport' }
        @{ File = 'native/session/s.h'; Line = '  #  include "abi/a.h"'; Says = 'session may not know abi' }
        @{ File = 'native/abi/a.cpp'; Line = '#include "../base/b.h"'; Says = 'leaves its folder' }
        @{ File = 'native/session/s.h'; Line = '#include <wsman/wsman.h>'; Says = 'only abi may include' }
        @{ File = 'native/session/s.h'; Line = '#include <libxml/tree.h>'; Says = 'libxml has its home elsewhere' }
        @{ File = 'native/protocol/p.h'; Line = '#include <boost/asio.hpp>'; Says = 'boost has its home elsewhere' }
        @{ File = 'native/base/b.h'; Line = '#include <openssl/ssl.h>'; Says = 'openssl has its home elsewhere' }
        @{ File = 'native/base/b.h'; Line = '#include <cpprest/json.h>'; Says = 'cpprest has its home elsewhere' }
        @{ File = 'native/transport/t.cpp'; Line = '#include <nlohmann/json.hpp>'; Says = 'nlohmann has its home elsewhere' }
        @{ File = 'native/include/wsman/wsman.h'; Line = '#include <string>'; Says = 'not of the C standard library' }
        @{ File = 'module/Commands/C.cs'; Line = 'NativeMethods.wsman_list();'; Says = 'NativeMethods is for Interop' }
    ) {
        $tree = New-Tree
        Add-Content "$tree/$File" "`n$Line"
        Test-Tree $tree | Should -BeLike "*$([wildcardpattern]::Escape($Says))*"
    }

    It 'refuses a room without files' {
        $tree = New-Tree
        Remove-Item "$tree/native/base/b.h"
        Test-Tree $tree | Should -BeLike '*native/base: no files*'
    }
}
