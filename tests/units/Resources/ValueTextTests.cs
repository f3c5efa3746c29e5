using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using System.Reflection;
using System.Xml;

namespace Microsoft.WSMan.Management.Units.Resources;

public sealed class ValueTextTests
{
    /// <summary>Values, and their lexical form (XML Schema, part 2).</summary>
    public static TheoryData<object, string> Values => new()
    {
        { "", "" },
        { " a <b>&\u00e9 😀\r\n", " a <b>&\u00e9 😀\r\n" },
        { 'x', "x" },
        { true, "true" },
        { false, "false" },
        { new SwitchParameter(true), "true" },
        { new SwitchParameter(false), "false" },
        { sbyte.MinValue, "-128" },
        { long.MinValue, "-9223372036854775808" },
        { ulong.MaxValue, "18446744073709551615" },
        { BigInteger.Pow(10, 30), "1000000000000000000000000000000" },
        { -1234567.50m, "-1234567.50" },
        { 0.1, "0.1" },
        { 1e300, "1E+300" },
        { -0.0, "-0" },
        { double.NaN, "NaN" },
        { double.NegativeInfinity, "-INF" },
        { 1.5f, "1.5" },
        { float.PositiveInfinity, "INF" },
        { new DateTime(2024, 2, 29, 23, 59, 59, 123, DateTimeKind.Utc), "2024-02-29T23:59:59.123Z" },
        { new DateTime(2024, 2, 29, 0, 0, 0, DateTimeKind.Unspecified), "2024-02-29T00:00:00" },
        { new DateTime(2024, 2, 29, 12, 0, 0, DateTimeKind.Utc).ToLocalTime(), "2024-02-29T12:00:00Z" },
        { new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.FromMinutes(-570)), "2024-02-29T01:02:03-09:30" },
        { new DateOnly(2024, 2, 29), "2024-02-29" },
        { new TimeOnly(1, 2, 3, 4), "01:02:03.0040000" },
        { new TimeSpan(1, 2, 3, 4, 5), "P1DT2H3M4.005S" },
        { TimeSpan.FromSeconds(-1), "-PT1S" },
        { Guid.Empty, "00000000-0000-0000-0000-000000000000" },
        { DayOfWeek.Friday, "Friday" },
        { new Version(1, 2), "1.2" },
        { ScriptBlock.Create("a b"), "a b" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void AValueHasTheFormOfXmlSchemaInEveryCulture(object value, string text)
    {
        CultureInfo other = WithComma();
        other.NumberFormat.NegativeSign = "~";
        other.DateTimeFormat.DateSeparator = ".";

        Assert.Equal(text, In(other, () => ValueText.Of("Name", value)));
    }

    /// <summary>Numbers, which PowerShell has wrapped where nobody typed them.</summary>
    public static TheoryData<object> Computed => new() { 5.1, 1234.5, -0.25m, 1e300, double.NaN, 5, "5.1" };

    [Theory]
    [MemberData(nameof(Computed))]
    public void WhatNobodyTypedIsNoTypedTextInACultureWithAComma(object number)
    {
        PSObject wrapped = PSObject.AsPSObject(number);

        string? typed = In(WithComma(), () => ValueText.TypedNumber(wrapped));

        Assert.True(typed is null || typed == ValueText.Of("Name", number), typed);
        Assert.Null(ValueText.TypedNumber(number));
    }

    [Theory]
    [InlineData("7.0", 7.0, "7.0")]
    [InlineData("7e0", 7.0, "7e0")]
    [InlineData("7.0", 8.0, null)]
    [InlineData("7,0", 70.0, null)]
    [InlineData("1kb", 1024.0, null)]
    public void ATypedTextCountsWhereItIsTheNumber(string typed, double number, string? text)
    {
        PSObject wrapped = PSObject.AsPSObject(number);
        typeof(PSObject).GetProperty("TokenText", BindingFlags.Instance | BindingFlags.NonPublic)!
            .SetValue(wrapped, typed);

        Assert.Equal(text, ValueText.TypedNumber(wrapped));
    }

    /// <summary>Values that have no text, and what the refusal says.</summary>
    public static TheoryData<object, string> NoTexts => new()
    {
        { Samples.Secret("hidden"), "is a secret" },
        { new PSCredential("user", Samples.Secret("hidden")), "is a secret" },
        { new[] { 1 }, "Int32[]" },
        { new Hashtable(), "Hashtable" },
        { Samples.Element("<a/>"), "XmlElement" },
        { new PSObject(), "PSCustomObject" },
        { "half \ud83d", "surrogate" },
        { "\ude00\ud83d", "surrogate" },
        { '\ud83d', "surrogate" },
    };

    [Theory]
    [MemberData(nameof(NoTexts))]
    public void AValueWithoutATextIsRefusedByItsName(object value, string said)
    {
        WSManException error = Assert.Throws<WSManException>(() => ValueText.Of("TheName", value));

        Assert.Equal(WSManErrorCode.InvalidArgument, error.Code);
        Assert.Contains("TheName", error.Message, StringComparison.Ordinal);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AVeryLongTextStaysWhole()
    {
        string text = string.Concat(Enumerable.Repeat("😀a", 200_000));

        Assert.Equal(text, ValueText.Of("Name", text));
    }

    [Fact]
    public void ObjectsOfTheEngineAreUnwrapped()
    {
        PSObject custom = new();
        custom.Properties.Add(new PSNoteProperty("a", 1));

        Assert.Equal(5, ValueText.Unwrap(PSObject.AsPSObject(5)));
        Assert.Equal("x", ValueText.Unwrap("x"));
        Assert.Same(custom, ValueText.Unwrap(custom));
        Assert.Null(ValueText.Unwrap(null));
    }

    [Fact]
    public void AnElementTakesThePrefixesOfItsValuesAlong()
    {
        XmlElement root = Samples.Element(
            "<a xmlns='urn:d' xmlns:p='urn:p' xmlns:q='urn:q' xmlns:r='urn:r'>"
            + "<p:b z='1' xmlns:q='urn:inner' a='2'>q:type r:type<c/></p:b></a>");
        string before = root.OuterXml;

        XmlElement copy = Samples.Element(ValueText.OfElement((XmlElement)root.FirstChild!));

        Assert.Equal(before, root.OuterXml);
        Assert.Equal(["urn:p", "urn:inner", "urn:r"], new[] { "p", "q", "r" }.Select(copy.GetNamespaceOfPrefix));
        Assert.Equal(["z", "a"], ConfigXml.Attributes(copy).Select(entry => entry.Name));
        Assert.Equal("urn:d", copy["c", "urn:d"]!.NamespaceURI);
        Assert.Equal("q:type r:type", copy.InnerText);
    }

    [Fact]
    public void AnElementOfNoNamespaceStaysInNone()
    {
        XmlElement root = Samples.Element("<a xmlns='urn:d'><b xmlns='' /></a>");

        Assert.Equal("", Samples.Element(ValueText.OfElement((XmlElement)root.FirstChild!)).NamespaceURI);
    }

    private static CultureInfo WithComma()
    {
        CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        return culture;
    }

    private static T In<T>(CultureInfo culture, Func<T> ask)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            return ask();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
