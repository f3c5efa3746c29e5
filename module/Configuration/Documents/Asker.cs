namespace Microsoft.WSMan.Management;

/// <summary>Who waits for the answer to a request about the configuration, and so for how long.</summary>
internal enum Asker
{
    /// <summary>A command that was asked for, which Ctrl+C ends.</summary>
    Command,

    /// <summary>A completion or a prompt: a key that was pressed, for which there may be several requests.</summary>
    Key,

    /// <summary>A view, which may have a row for each of many computers.</summary>
    View,
}
