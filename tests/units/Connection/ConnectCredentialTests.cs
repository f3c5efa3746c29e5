using System.Management.Automation;
using System.Net;
using System.Runtime.CompilerServices;

namespace Microsoft.WSMan.Management.Units.Connection;

public sealed class ConnectCredentialTests
{
    [Theory]
    [InlineData("user", "user")]
    [InlineData("DOMAIN\\user", "DOMAIN\\user")]
    [InlineData("DOMAIN\\user@x", "DOMAIN\\user@x")]
    [InlineData("\\user", "user")]
    [InlineData("user@domain", "domain\\user")]
    [InlineData("first.last@domain", "domain\\first.last")]
    [InlineData("user@domain.example", "user@domain.example")]
    [InlineData("user@mail@domain.example", "domain.example\\user@mail")]
    [InlineData("@domain", "@domain")]
    [InlineData("user@", "\\user")]
    [InlineData("Jürgen", "Jürgen")]
    [InlineData("", "")]
    public void AUserNameIsSentAsTheOriginalDoes(string typed, string sent) =>
        Assert.Equal(sent, ConnectCredential.UserNameToSend(typed));

    [Theory]
    [InlineData("user", "", "user")]
    [InlineData("DOMAIN\\user", "DOMAIN", "user")]
    [InlineData("DOMAIN\\user\\x", "DOMAIN", "user\\x")]
    [InlineData("\\user", "", "user")]
    [InlineData("first.last@domain", "domain", "first.last")]
    [InlineData("user@domain.example", "", "user@domain.example")]
    public void AUserNameIsSplitAsPowerShellDoes(string typed, string domain, string user)
    {
        NetworkCredential split = new PSCredential(typed, Samples.Secret("hidden")).GetNetworkCredential();

        Assert.Equal((domain, user), ConnectCredential.SplitUserName(typed));
        Assert.Equal((domain, user), (split.Domain, split.UserName));
    }

    [Theory]
    [InlineData(AuthenticationMechanism.Credssp, "Credssp")]
    [InlineData(AuthenticationMechanism.Default, "Default")]
    public void WithoutACredentialThereIsAMechanismAndNoName(AuthenticationMechanism mechanism, string name)
    {
        ConnectCredential expected = new(name, null, null);

        Assert.Equal(expected, ConnectCredential.From(mechanism, null, null));
        Assert.Equal(expected, ConnectCredential.From(mechanism, PSCredential.Empty, ""));
        Assert.Equal(expected, ConnectCredential.From(mechanism, CopyOfEmpty(), null));
    }

    [Fact]
    public void ACredentialIsANameAndASecret()
    {
        PSCredential credential = new("user@domain", Samples.Secret("hidden"));

        ConnectCredential made = ConnectCredential.From(AuthenticationMechanism.Kerberos, credential, null);

        Assert.Equal(("Kerberos", "domain\\user"), (made.Mechanism, made.UserName));
        Assert.Same(credential.Password, made.Password);
        Assert.Null(made.Thumbprint);
    }

    // It has its key in memory, so it is not there before the call that ends with it.
    [Fact]
    public void ACertificateIsNotLookedForYet()
    {
        ConnectCredential made = ConnectCredential.From(AuthenticationMechanism.Default, null, "none");

        Assert.Equal(("ClientCertificate", null, "none"), (made.Mechanism, made.UserName, made.Thumbprint));
    }

    [Theory]
    [InlineData(AuthenticationMechanism.Default, false, false)]
    [InlineData(AuthenticationMechanism.ClientCertificate, false, false)]
    [InlineData(AuthenticationMechanism.Kerberos, false, true)]
    [InlineData(AuthenticationMechanism.Default, true, true)]
    public void AThumbprintExcludesACredentialAndOtherMechanisms(
        AuthenticationMechanism mechanism, bool hasCredential, bool refused)
    {
        PSCredential credential = hasCredential ? new("user", Samples.Secret("hidden")) : PSCredential.Empty;

        Exception? error = Record.Exception(() => ConnectCredential.RequireSingleSource(mechanism, credential, "AB"));

        Assert.Equal(refused, error is InvalidOperationException);
        ConnectCredential.RequireSingleSource(mechanism, credential, thumbprint: null);
    }

    [Fact]
    public void ACredentialWithoutANameExcludesNothing() =>
        ConnectCredential.RequireSingleSource(AuthenticationMechanism.Default, CopyOfEmpty(), "AB");

    // The constructor takes no empty name, so this is the only other object without one.
    private static PSCredential CopyOfEmpty() =>
        (PSCredential)RuntimeHelpers.GetUninitializedObject(typeof(PSCredential));
}
