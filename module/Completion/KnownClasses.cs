namespace Microsoft.WSMan.Management;

/// <summary>The well-known classes of <see cref="KnownResources"/>, by namespace.</summary>
internal static class KnownClasses
{
    public static KnownClass[] Windows { get; } =
    [
        new("*", "Every class, for a query"),
        new("Win32_Service", "Services", "StartService", "StopService", "PauseService", "ResumeService",
            "InterrogateService", "ChangeStartMode", "Change", "Create", "Delete"),
        new("Win32_Process", "Processes", "Create", "Terminate", "GetOwner", "GetOwnerSid", "SetPriority"),
        new("Win32_OperatingSystem", "The operating system", "Reboot", "Shutdown", "Win32Shutdown", "SetDateTime"),
        new("Win32_ComputerSystem", "The computer: name, domain, memory", "Rename", "JoinDomainOrWorkgroup",
            "UnjoinDomainOrWorkgroup"),
        new("Win32_ComputerSystemProduct", "The product: vendor, model, UUID"),
        new("Win32_Account", "Users and groups"),
        new("Win32_BaseBoard", "The main board"),
        new("Win32_Battery", "Batteries"),
        new("Win32_BIOS", "The firmware: version, serial number"),
        new("Win32_BootConfiguration", "From where the system starts"),
        new("Win32_CDROMDrive", "Optical drives"),
        new("Win32_ComputerShutdownEvent", "Shutdowns, for events"),
        new("Win32_DependentService", "Which services need which, an association"),
        new("Win32_Desktop", "The desktops of users"),
        new("Win32_Directory", "Folders", "Rename", "Copy", "Delete", "Compress", "Uncompress"),
        new("CIM_DataFile", "Files", "Rename", "Copy", "Delete", "Compress", "Uncompress"),
        new("Win32_DiskDrive", "Disks"),
        new("Win32_DiskPartition", "Partitions of disks"),
        new("Win32_Environment", "Environment variables"),
        new("Win32_Group", "Groups", "Rename"),
        new("Win32_GroupUser", "Which users are in which groups, an association"),
        new("Win32_LocalTime", "The clock, in local time"),
        new("Win32_LogicalDisk", "Drive letters, with free space", "Chkdsk", "ScheduleAutoChk",
            "ExcludeFromAutochk"),
        new("Win32_LoggedOnUser", "Who is logged on, an association"),
        new("Win32_LogonSession", "Logon sessions"),
        new("Win32_NetworkAdapter", "Network adapters", "Enable", "Disable"),
        new("Win32_NetworkAdapterConfiguration", "Addresses of network adapters", "EnableDHCP", "EnableStatic",
            "SetGateways", "SetDNSServerSearchOrder", "SetDNSDomain", "SetDynamicDNSRegistration", "SetWINSServer",
            "RenewDHCPLease", "ReleaseDHCPLease"),
        new("Win32_NetworkConnection", "Connections to shares"),
        new("Win32_NetworkLoginProfile", "Logon data of users"),
        new("Win32_NTDomain", "Domains"),
        new("Win32_NTEventlogFile", "Event logs", "ClearEventlog", "BackupEventlog"),
        new("Win32_NTLogEvent", "Entries of event logs"),
        new("Win32_OptionalFeature", "Features of Windows"),
        new("Win32_PageFileUsage", "Page files, in use"),
        new("Win32_PerfFormattedData_PerfOS_Memory", "The use of memory"),
        new("Win32_PerfFormattedData_PerfOS_Processor", "The use of processors"),
        new("Win32_PerfFormattedData_PerfProc_Process", "The use of resources by processes"),
        new("Win32_PhysicalMemory", "Memory modules"),
        new("Win32_PingStatus", "The answer to a ping, for a query"),
        new("Win32_PnPEntity", "Devices", "Enable", "Disable"),
        new("Win32_PnPSignedDriver", "Drivers of devices"),
        new("Win32_Printer", "Printers", "Pause", "Resume", "PrintTestPage", "CancelAllJobs", "RenamePrinter",
            "SetDefaultPrinter"),
        new("Win32_PrintJob", "Print jobs", "Pause", "Resume"),
        new("Win32_Processor", "Processors"),
        new("Win32_Product", "Installed packages; to list them takes long and checks each", "Install",
            "Uninstall"),
        new("Win32_QuickFixEngineering", "Installed updates"),
        new("Win32_ScheduledJob", "Jobs of the at command", "Create", "Delete"),
        new("Win32_ServerFeature", "Roles and features of a server"),
        new("Win32_Session", "Sessions"),
        new("Win32_ShadowCopy", "Shadow copies of volumes", "Create"),
        new("Win32_Share", "Shares", "Create", "Delete", "SetShareInfo"),
        new("Win32_StartupCommand", "Commands that run at logon"),
        new("Win32_SystemDriver", "Drivers", "StartService", "StopService", "ChangeStartMode"),
        new("Win32_SystemEnclosure", "The case: serial number, type"),
        new("Win32_TimeZone", "The time zone"),
        new("Win32_UserAccount", "Users", "Rename"),
        new("Win32_UserProfile", "Profiles of users", "ChangeOwner"),
        new("Win32_UTCTime", "The clock, in UTC"),
        new("Win32_VideoController", "Graphics adapters"),
        new("Win32_Volume", "Volumes", "AddMountPoint", "Chkdsk", "Defrag", "DefragAnalysis", "Dismount", "Format",
            "Mount"),
        new("Win32_WMISetting", "Settings of WMI"),
    ];

    public static KnownClass[] Network { get; } =
    [
        new("MSFT_NetAdapter", "Network adapters", "Enable", "Disable", "Restart", "Rename"),
        new("MSFT_NetIPAddress", "IP addresses"),
        new("MSFT_NetIPInterface", "IP interfaces: DHCP, metric, MTU"),
        new("MSFT_NetRoute", "Routes"),
        new("MSFT_NetNeighbor", "The neighbour cache"),
        new("MSFT_NetTCPConnection", "TCP connections"),
        new("MSFT_NetUDPEndpoint", "UDP endpoints"),
        new("MSFT_NetConnectionProfile", "Network profiles: public, private, domain"),
        new("MSFT_NetFirewallProfile", "Profiles of the firewall"),
        new("MSFT_NetFirewallRule", "Rules of the firewall", "Enable", "Disable"),
        new("MSFT_DNSClientServerAddress", "DNS servers of interfaces"),
        new("MSFT_DNSClientCache", "The DNS cache"),
        new("MSFT_NetLbfoTeam", "Teams of network adapters"),
    ];

    public static KnownClass[] Storage { get; } =
    [
        new("MSFT_Disk", "Disks", "Initialize", "Online", "Offline", "Clear", "CreatePartition"),
        new("MSFT_Partition", "Partitions", "Resize", "DeleteObject", "Online", "Offline"),
        new("MSFT_PhysicalDisk", "Physical disks, with their health"),
        new("MSFT_StoragePool", "Storage pools"),
        new("MSFT_VirtualDisk", "Virtual disks of storage pools"),
        new("MSFT_Volume", "Volumes", "Format", "Repair", "Optimize"),
    ];

    public static KnownClass[] Virtualization { get; } =
    [
        new("Msvm_ComputerSystem", "Virtual machines and their host", "RequestStateChange"),
        new("Msvm_ImageManagementService", "Virtual hard disks", "CreateVirtualHardDisk"),
        new("Msvm_SummaryInformation", "A summary of virtual machines"),
        new("Msvm_VirtualSystemManagementService", "Makes, changes and removes virtual machines", "DefineSystem",
            "DestroySystem", "ModifySystemSettings"),
        new("Msvm_VirtualSystemSettingData", "Settings and checkpoints of virtual machines"),
    ];

    public static KnownClass[] Registry { get; } =
    [
        new("StdRegProv", "The registry", "EnumKey", "EnumValues", "CheckAccess", "CreateKey", "DeleteKey",
            "DeleteValue", "GetStringValue", "GetExpandedStringValue", "GetMultiStringValue", "GetDWORDValue",
            "GetQWORDValue", "GetBinaryValue", "SetStringValue", "SetExpandedStringValue", "SetMultiStringValue",
            "SetDWORDValue", "SetQWORDValue", "SetBinaryValue"),
        new("SystemRestore", "Restore points", "CreateRestorePoint", "Restore", "Enable", "Disable"),
    ];

    public static KnownClass[] Drivers { get; } =
    [
        new("MSAcpi_ThermalZoneTemperature", "Temperatures"),
        new("MSStorageDriver_FailurePredictStatus", "Disks that are about to fail"),
        new("WmiMonitorID", "Monitors"),
    ];

    public static KnownClass[] Security { get; } =
    [
        new("AntiVirusProduct", "Antivirus products"),
        new("FirewallProduct", "Firewall products"),
    ];

    public static KnownClass[] Dmtf { get; } =
    [
        new("CIM_ComputerSystem", "The computer and its management controller", "RequestStateChange"),
        new("CIM_AssociatedPowerManagementService", "Whether the computer is on"),
        new("CIM_PowerManagementService", "Turns the computer on and off", "RequestPowerStateChange"),
        new("CIM_BIOSElement", "The firmware"),
        new("CIM_BootConfigSetting", "From where the computer starts", "ChangeBootOrder"),
        new("CIM_BootService", "Which boot configuration is used", "SetBootConfigRole"),
        new("CIM_Chassis", "The case: serial number"),
        new("CIM_EthernetPort", "Network ports"),
        new("CIM_LogEntry", "Entries of logs"),
        new("CIM_NumericSensor", "Temperatures, fans, voltages"),
        new("CIM_PhysicalMemory", "Memory modules"),
        new("CIM_Processor", "Processors"),
        new("CIM_RecordLog", "Logs", "ClearLog"),
        new("CIM_RegisteredProfile", "What the service supports"),
        new("CIM_SoftwareIdentity", "Firmware and software, with versions"),
    ];
}
