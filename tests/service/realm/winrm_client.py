"""A shell on the service, by python3-winrm: URL TRANSPORT CA-FILE USER PASSWORD. Prints "hello"."""

import sys

from winrm.protocol import Protocol


def main():
    url, transport, ca_file, user, password = sys.argv[1:]
    protocol = Protocol(endpoint=url, transport=transport, username=user, password=password,
                        server_cert_validation="validate", ca_trust_path=ca_file,
                        message_encryption="auto")
    shell = protocol.open_shell()
    command = protocol.run_command(shell, "echo", ["hello"])
    print(protocol.get_command_output(shell, command)[0].decode().strip())
    protocol.cleanup_command(shell, command)
    protocol.close_shell(shell)


if __name__ == "__main__":
    main()
