Describe 'Test-Layering.ps1' {
    BeforeAll {
        # A small tree that keeps every rule.
        $inOrder = @{
            'native/package/p.cpp' = '#include <openssl/ssl.h>', '#include "transport/transport.h"'
            'native/abi/a.cpp' = '#include <nlohmann/json.hpp>', '#include "base/b.h"', '#include "session/s.h"',
                '#include "wsman/wsman.h"'
            'native/session/s.h' = '#include "protocol/message/m.h"'
            'native/protocol/xml/p.h' = '#include <libxml/parser.h>'
            'native/protocol/message/m.h' = '#include "protocol/xml/p.h"', '#include "transport/transport.h"'
            'native/transport/transport.h' = '#include "base/b.h"'
            'native/transport/http_transport.cpp' = '#include "transport/connection/c.h"',
                '// Set-Item WSMan:\ is said elsewhere.', 'f("Content-Type: a/b-c", "pacman -S", "WS-Management");'
            'native/transport/connection/c.h' = '#include "transport/net/n.h"'
            'native/transport/net/n.h' = '#include "transport/transport.h"'
            'native/transport/http/t.cpp' = '#include <cpprest/http_client.h>',
                '#include <openssl/ssl.h>', '#include <sys/socket.h>'
            'native/base/b.h' = '#include <string>'
            'native/include/wsman/wsman.h' = '#include <stdint.h>'
            'module/Errors.cs' = 'internal static class Errors;'
            'module/Reporting/TeardownReport.cs' = 'public sealed class TeardownReport;'
            'module/Connection/ConnectRequest.cs' = 'internal sealed record ConnectRequest(int Port);'
            'module/Resources/Answer.cs' = 'internal sealed record Answer;'
            'module/Interop/NativeMethods.cs' = 'using System.Runtime.InteropServices;',
                'internal static unsafe partial class NativeMethods { ConnectRequest }'
            'module/Client/WSManClient.cs' = 'internal sealed partial class WSManClient { NativeMethods.wsman_list(); }'
            'module/Configuration/Documents/ConfigPart.cs' = 'internal readonly record struct ConfigPart(Answer Answer);'
            'module/Configuration/Nodes/ConfigNode.cs' = 'internal abstract class ConfigNode { ConfigPart }'
            'module/Configuration/ConfigTree.cs' = '// Not the WSManPath of the drive.', 'internal class ConfigTree { ConfigNode }'
            'module/Completion/TypedWord.cs' = 'internal sealed class TypedWord { ConfigNode WSManClient }'
            'module/Provider/Items/ConfigItem.cs' = 'internal static class ConfigItem { leaf.WSManPath }'
            'module/Provider/Parameters/P.cs' = 'public sealed class P;'
            'module/Provider/WSManPath.cs' = 'internal struct WSManPath { $"The ConnectCommand {ConfigTree.Of("C")}" }'
            'module/Commands/C.cs' = 'public sealed class ConnectCommand { WSManClient.Connect(); WSManPath; Errors }'
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
        @{ File = 'native/base/b.h'; Line = '#include "transport/transport.h"'; Says = 'base may not know transport' }
        @{ File = 'native/transport/net/n.h'; Line = '#include "transport/connection/c.h"'
            Says = 'transport/net may not know transport/connection' }
        @{ File = 'native/transport/transport.h'; Line = '#include "transport/net/n.h"'; Says = 'transport may not know transport/net' }
        @{ File = 'native/transport/connection/c.h'; Line = '#include "transport/http_transport.h"'
            Says = 'transport/connection may not know transport/http_transport' }
        @{ File = 'native/protocol/xml/p.h'; Line = '#include "protocol/message/m.h"'
            Says = 'protocol/xml may not know protocol/message' }
        @{ File = 'native/session/s.h'; Line = '  #  include "abi/a.h"'; Says = 'session may not know abi' }
        @{ File = 'native/abi/a.cpp'; Line = '#include "../base/b.h"'; Says = 'leaves its folder' }
        @{ File = 'native/session/s.h'; Line = '#include <wsman/wsman.h>'; Says = 'only abi may include' }
        @{ File = 'native/session/s.h'; Line = '#include <libxml/tree.h>'; Says = 'libxml has its home elsewhere' }
        @{ File = 'native/protocol/xml/p.h'; Line = '#include <boost/asio.hpp>'; Says = 'boost has its home elsewhere' }
        @{ File = 'native/base/b.h'; Line = '#include <openssl/ssl.h>'; Says = 'openssl has its home elsewhere' }
        @{ File = 'native/base/b.h'; Line = '#include <cpprest/json.h>'; Says = 'cpprest has its home elsewhere' }
        @{ File = 'native/transport/http/t.cpp'; Line = '#include <nlohmann/json.hpp>'; Says = 'nlohmann has its home elsewhere' }
        @{ File = 'native/include/wsman/wsman.h'; Line = '#include <string>'; Says = 'not of the C standard library' }
        @{ File = 'native/base/b.h'; Line = 'f("Use -UseSSL.");'; Says = '"Use -UseSSL.": the words of PowerShell' }
        @{ File = 'native/abi/a.cpp'; Line = 'f("a", "Run Connect-WSMan");'; Says = '"Run Connect-WSMan": the words of PowerShell' }
        @{ File = 'native/session/s.h'; Line = 'f("\"dir WSMan:\\ ");'; Says = 'WSMan:\\ ": the words of PowerShell' }
        @{ File = 'module/Commands/C.cs'; Line = 'NativeMethods.wsman_list();'; Says = 'only Client may know Interop' }
        @{ File = 'module/Configuration/ConfigTree.cs'; Line = 'NativeMethods x;'; Says = 'only Client may know Interop' }
        @{ File = 'module/Provider/WSManPath.cs'; Line = 'new ConnectCommand()'; Says = 'Provider may not know Commands' }
        @{ File = 'module/Provider/Items/ConfigItem.cs'; Line = 'WSManPath.Of()'; Says = 'Provider/Items may not know Provider' }
        @{ File = 'module/Completion/TypedWord.cs'; Line = 'WSManPath.Of()'; Says = 'Completion may not know Provider' }
        @{ File = 'module/Configuration/ConfigTree.cs'; Line = '$"{WSManPath.Of("C")}"'; Says = 'may not know Provider' }
        @{ File = 'module/Configuration/Documents/ConfigPart.cs'; Line = 'ConfigNode node;'
            Says = 'Configuration/Documents may not know Configuration/Nodes' }
        @{ File = 'module/Client/WSManClient.cs'; Line = 'ConfigTree tree;'; Says = 'Client may not know Configuration' }
        @{ File = 'module/Interop/NativeMethods.cs'; Line = 'WSManClient client;'; Says = 'Interop may not know Client' }
        @{ File = 'module/Connection/ConnectRequest.cs'; Line = '[Answer]'; Says = 'Connection may not know Resources' }
        @{ File = 'module/Reporting/TeardownReport.cs'; Line = 'NativeMethods x;'; Says = 'Reporting may not know Interop' }
        @{ File = 'module/Errors.cs'; Line = 'TeardownReport report;'; Says = 'the root may not know Reporting' }
        @{ File = 'module/Configuration/Nodes/ConfigNode.cs'; Line = 'using System.Management.Automation;'
            Says = 'Configuration/Nodes may not know the engine' }
        @{ File = 'module/Client/WSManClient.cs'; Line = 'using System.Runtime.InteropServices;'; Says = 'only Interop marshals' }
        @{ File = 'module/Attic/A.cs'; Line = ''; Says = 'Attic is no room of the shim' }
    ) {
        $tree = New-Tree
        $null = New-Item -ItemType Directory -Force (Split-Path "$tree/$File")
        Add-Content "$tree/$File" "`n$Line"
        Test-Tree $tree | Should -BeLike "*$([wildcardpattern]::Escape($Says))*"
    }

    It 'refuses the room <Room> without files' -ForEach @(
        @{ Room = 'native/base'; File = 'b.h' }, @{ Room = 'module/Client'; File = 'WSManClient.cs' }
    ) {
        $tree = New-Tree
        Remove-Item "$tree/$Room/$File"
        Test-Tree $tree | Should -BeLike "*${Room}: no files*"
    }
}
