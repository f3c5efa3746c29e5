namespace Microsoft.WSMan.Management.Units.Configuration.Nodes;

public sealed class ComputerNodeTests
{
    private static readonly ConfigStore s_store = new(new WSManClient(), _ => { });

    [Theory]
    [InlineData("server01", "client", "Client", typeof(SettingsNode))]
    [InlineData("server01", "SERVICE", "Service", typeof(SettingsNode))]
    [InlineData("server01", "Shell", "Shell", typeof(SettingsNode))]
    [InlineData("server01", "Listener", "Listener", typeof(InstancesNode))]
    [InlineData("server01", "Plugin", "Plugin", typeof(PluginsNode))]
    [InlineData("server01", "ClientCertificate", "ClientCertificate", typeof(InstancesNode))]
    [InlineData("localhost", "Client", "Client", typeof(ClientSettingsNode))]
    [InlineData("localhost", "Service", "Service", typeof(SettingsNode))]
    public void ItsContainersAreKnownWithoutARequest(string computer, string asked, string name, Type type)
    {
        ConfigNode found = new ComputerNode(computer, s_store, Samples.SessionTo(computer)).Find(asked)!;

        Assert.Equal(name, found.Name);
        Assert.IsType(type, found);
    }

    [Theory]
    [InlineData("Client", "auth", "Auth")]
    [InlineData("Service", "DEFAULTPORTS", "DefaultPorts")]
    public void SectionsAreKnownWithoutARequest(string container, string asked, string name)
    {
        ConfigNode above = new ComputerNode("server01", s_store, Samples.Session).Find(container)!;

        Assert.Equal(name, Assert.IsType<SettingsNode>(above.Find(asked)).Name);
    }

    [Fact]
    public void WithoutASessionTheLocalComputerHasTheSettingsOfAClient() => Assert.Equal(
        ["MaxEnvelopeSizekb", "MaxTimeoutms", "MaxBatchItems", "Client"],
        new ComputerNode("localhost", s_store, null).KnownChildren.Select(child => child.Name));

    [Theory]
    [InlineData("service", true)]
    [InlineData("ClientCertificate", true)]
    [InlineData("Client", false)]
    [InlineData("MaxBatchItems", false)]
    public void WhatBindsAServiceIsKnownByItsContainer(string container, bool isOfService) =>
        Assert.Equal(isOfService, ComputerNode.IsOfService(container));
}
