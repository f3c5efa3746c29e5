using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using System.Xml;

namespace Microsoft.WSMan.Management.Units.Resources;

public sealed class RequestPartsTests
{
    private static readonly ResourceRequest s_request = new() { ResourceUri = "urn:x" };

    [Fact]
    public void NoTableIsNothingAndAnEmptyOneIsEmpty()
    {
        Assert.Null(RequestParts.Selectors(null));
        Assert.Null(RequestParts.Options(null));
        Assert.Null(s_request.WithValues(null).Values);
        Assert.Empty(RequestParts.Selectors([])!);
        Assert.Empty(s_request.WithValues([]).Values!);
    }

    [Fact]
    public void TheOrderIsThatOfTheTable()
    {
        OrderedDictionary ordered = [];
        foreach (int i in Enumerable.Range(0, 200).Reverse())
        {
            ordered.Add($"k{i}", i);
        }

        Hashtable table = (Hashtable)new KeepOrderAttribute().Transform(null!, ordered)!;

        string[] names = [.. ordered.Keys.Cast<string>()];
        Assert.Equal(names, RequestParts.Selectors(table)!.Select(entry => entry.Name));
        Assert.Equal(names, RequestParts.Options(table)!.Select(entry => entry.Name));
        Assert.Equal(names, s_request.WithValues(table).Values!.Select(entry => entry.Name));
    }

    /// <summary>Values of a selector, and what it becomes: a text, or the XML of an endpoint reference.</summary>
    public static TheoryData<object, string?, string?> Selectors => new()
    {
        { "a+b=c", "a+b=c", null },
        { 5, "5", null },
        { new PSObject(true), "true", null },
        { "", "", null },
        { Samples.Element("<a b='1'/>"), null, "<a b=\"1\" />" },
        { Samples.Element("<a b='1'/>").OwnerDocument, null, "<a b=\"1\" />" },
        { Samples.Element("<a b='1&lt;'/>").Attributes[0], "1<", null },
    };

    [Theory]
    [MemberData(nameof(Selectors))]
    public void ASelectorHasATextOrAReference(object value, string? text, string? reference) => Assert.Equal(
        new SelectorEntry("Name", text, reference),
        Assert.Single(RequestParts.Selectors(new Hashtable { ["Name"] = value })!));

    /// <summary>Values that no selector has, and what the refusal says.</summary>
    public static TheoryData<object?, string> BadSelectors => new()
    {
        { null, "$null" },
        { new[] { "a" }, "several values" },
        { new PSObject(new ArrayList { "a" }), "several values" },
        { new Hashtable(), "Hashtable" },
        { Samples.Secret("hidden"), "secret" },
    };

    [Theory]
    [MemberData(nameof(BadSelectors))]
    public void ASelectorIsRefusedByItsName(object? value, string said)
    {
        WSManException error = Assert.Throws<WSManException>(
            () => RequestParts.Selectors(new Hashtable { ["TheName"] = value }));

        Assert.Contains("TheName", error.Message, StringComparison.Ordinal);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnOptionMayHaveNoValueAndANameMayBeAnything()
    {
        Assert.Equal([new OptionEntry("5", null)], RequestParts.Options(new Hashtable { [5] = null })!);
        Assert.Equal([new OptionEntry("Ü", "true")], RequestParts.Options(new Hashtable { ["Ü"] = true })!);
        Assert.Throws<WSManException>(() => RequestParts.Options(new Hashtable { ["a"] = new[] { 1 } }));
    }

    /// <summary>Values of a body, and what they become.</summary>
    public static TheoryData<object?, string[]> Values => new()
    {
        { null, ["nil"] },
        { "a<b", ["text a<b"] },
        { "", ["text "] },
        { 1.5, ["text 1.5"] },
        { new PSObject((object)PSObject.AsPSObject(7)), ["text 7"] },
        { Array.Empty<object>(), [] },
        { new object?[] { "a", null, new PSObject(true) }, ["text a", "nil", "text true"] },
        { new byte[] { 1, 255 }, ["text 1", "text 255"] },
        { Samples.Element("<a/>"), ["xml <a />"] },
        { Samples.Element("<a/>").OwnerDocument, ["xml <a />"] },
        { Samples.Element("<r><a/><b>c</b></r>").ChildNodes, ["xml <a />", "xml <b>c</b>"] },
        { Samples.Element("<a b='1&lt;'/>").Attributes[0], ["text 1<"] },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void AValueIsATextXmlNothingOrSeveral(object? value, string[] contents)
    {
        ResourceRequest request = s_request.WithValues(new Hashtable { ["Name"] = value });

        ValueEntry entry = Assert.Single(request.Values!);
        Assert.Equal("Name", entry.Name);
        Assert.Equal(contents, entry.Values.Select(Described));
        Assert.Empty(request.Secrets!);
    }

    /// <summary>Names and values that stay out of the text of a request.</summary>
    public static TheoryData<string, object> Secrets => new()
    {
        { "Other", Samples.Secret("12345678") },
        { "Password", "12345678" },
        { "NewPASSWORD", new PSObject("12345678") },
        { "Secret", 12345678 },
        { "Passphrase", Samples.Element("<a>12345678</a>").FirstChild! },
    };

    [Theory]
    [MemberData(nameof(Secrets))]
    public void ASecretIsReplacedByItsPlaceholder(string name, object value)
    {
        ResourceRequest request = s_request.WithValues(new Hashtable { [name] = new[] { value, value } });

        Assert.Equal(2, request.Secrets!.Count);
        Assert.Equal(
            request.Secrets.Select(secret => new ValueContent(secret.Placeholder)),
            Assert.Single(request.Values!).Values);
        Assert.All(request.Secrets, secret => Assert.Equal("12345678", Bytes.Text(secret)));
    }

    [Fact]
    public void NothingUnderTheNameOfASecretIsNothing()
    {
        ResourceRequest request = s_request.WithValues(new Hashtable { ["Password"] = null });

        Assert.Equal(new ValueContent(Nil: true), Assert.Single(Assert.Single(request.Values!).Values));
        Assert.Empty(request.Secrets!);
    }

    [Fact]
    public void ACredentialIsTwoValues()
    {
        Hashtable table = new() { ["User"] = new PSCredential("user", Samples.Secret("hidden")) };

        WSManException error = Assert.Throws<WSManException>(() => s_request.WithValues(table));

        Assert.Equal(Messages.CredentialNotAllowed("User"), error.Message);
    }

    [Fact]
    public void AResourceIsDescribedWithItsSelectors()
    {
        OrderedDictionary ordered = new()
        {
            ["Name"] = "a b",
            ["Id"] = 1.5,
            ["Nothing"] = null,
            ["Ref"] = Samples.Element("<a>b</a>"),
        };
        Hashtable table = (Hashtable)new KeepOrderAttribute().Transform(null!, ordered)!;

        Assert.Equal("urn:x?Name=a b+Id=1.5+Nothing=+Ref=b", RequestParts.Describe("urn:x", table));
        Assert.Equal("urn:x?a b=c d", RequestParts.Describe("urn:x", new Hashtable { ["a\u001bb"] = "c\nd" }));
        Assert.Equal("urn:x", RequestParts.Describe("urn:x", null));
        Assert.Equal("urn:x", RequestParts.Describe("urn:x", []));
    }

    [Theory]
    [InlineData("urn:x?Name=a+Password=b", "urn:x?Name=a+Password=*****")]
    [InlineData("urn:x?UserPASSWORD=\"a+b\"+Name=c", "urn:x?UserPASSWORD=*****")]
    [InlineData("urn:x?Name=\"a=+b\"+secret=c?d", "urn:x?Name=\"a=+b\"+secret=*****")]
    [InlineData("urn:password=/x?Name=a+Id=+b", "urn:password=/x?Name=a+Id=+b")]
    [InlineData("urn:x?Password", "urn:x?Password")]
    [InlineData("urn:x?", "urn:x?")]
    public void ADescriptionShowsNoSecretOfTheUri(string uri, string described) =>
        Assert.Equal(described, RequestParts.Describe(uri, null));

    [Fact]
    public void ADescriptionShowsNoSecretSelector()
    {
        OrderedDictionary ordered = new()
        {
            ["Name"] = "a",
            ["Password"] = "hidden",
            ["ClientSecret"] = Samples.Element("<a>hidden</a>"),
            ["Passphrase"] = null,
        };
        Hashtable table = (Hashtable)new KeepOrderAttribute().Transform(null!, ordered)!;

        Assert.Equal(
            "urn:x?Name=a+Password=*****+ClientSecret=*****+Passphrase=", RequestParts.Describe("urn:x", table));
    }

    private static string Described(ValueContent content) => content switch
    {
        { Text: { } text, Xml: null, Nil: null } => $"text {text}",
        { Text: null, Xml: { } xml, Nil: null } => $"xml {xml}",
        { Text: null, Xml: null, Nil: true } => "nil",
        _ => $"{content}",
    };
}
