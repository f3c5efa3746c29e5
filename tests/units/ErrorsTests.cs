using System.Management.Automation;

namespace Microsoft.WSMan.Management.Units;

public sealed class ErrorsTests
{
    private static readonly WSManException s_fault = new(WSManErrorCode.Fault, "It failed.") { SoapSubcode = "Sub" };

    [Fact]
    public void ARecordHasTheIdOfWindows()
    {
        ErrorRecord record = Errors.Record(s_fault, "server01");

        Assert.Equal("WsManError", record.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidOperation, record.CategoryInfo.Category);
        Assert.Equal(("server01", s_fault), (record.TargetObject, record.Exception));
    }

    [Fact]
    public void AnExceptionThatIsLetThroughHasTheRecordThatTheEngineWouldMake()
    {
        FileNotFoundException missing = new("There is no file x.");
        ErrorRecord record = Errors.Unnamed(missing);

        Assert.Equal("System.IO.FileNotFoundException", record.FullyQualifiedErrorId);
        Assert.Equal((ErrorCategory.NotSpecified, missing), (record.CategoryInfo.Category, record.Exception));
        ItemNotFoundException engine = new("Cannot find path.");
        Assert.Equal(engine.ErrorRecord.FullyQualifiedErrorId, Errors.Unnamed(engine).FullyQualifiedErrorId);
    }

    [Fact]
    public void AnErrorOfTheDriveHasItsCauseInside()
    {
        InvalidOperationException error = Errors.AsInvalidOperation(s_fault);

        Assert.Equal(typeof(InvalidOperationException), error.GetType());
        Assert.Equal(("It failed.", s_fault), (error.Message, error.InnerException));
    }

    [Fact]
    public void AFailureInOtherWordsKeepsItsCode()
    {
        WSManException error = Errors.Reworded(s_fault, "It failed. This helps.");

        Assert.Equal((WSManErrorCode.Fault, "It failed. This helps."), (error.Code, error.Message));
        Assert.Equal("Sub", error.SoapSubcode);
        Assert.Same(s_fault, error.InnerException);
    }

    [Fact]
    public void AFailureHalfWaySaysWhatWasDoneBeforeItsAdviceAndKeepsItsNumberAndTrace()
    {
        WSManException refused = new(WSManErrorCode.Fault, "It is refused.", "Ask somebody.")
        {
            WSManCode = 5,
            WSManCodeName = "ERROR_ACCESS_DENIED",
            Trace = [new TraceLine("verbose", "one")],
        };

        WSManException error = Errors.WithFact(refused, "Half of it is done.");

        Assert.Equal("It is refused. Half of it is done. Ask somebody.", error.Message);
        Assert.Equal((5U, "ERROR_ACCESS_DENIED"), (error.WSManCode, error.WSManCodeName));
        Assert.Equal(refused.Trace, error.Trace);
    }

    [Fact]
    public void AFailureOfAConnectionSaysFirstThatTheSessionHasEnded()
    {
        WSManException refused = new(WSManErrorCode.Authentication, "Kerberos failed.", "Get a ticket.")
        {
            WSManCode = 5,
            WSManCodeName = "ERROR_ACCESS_DENIED",
            Trace = [new TraceLine("verbose", "one")],
        };

        WSManException error = Errors.NotConnectedNow(refused, "server01");

        Assert.StartsWith("server01 is not connected any more.", error.Sentence);
        Assert.EndsWith("Kerberos failed.", error.Sentence);
        Assert.StartsWith("Connect it again with Connect-WSMan server01", error.Advice);
        Assert.EndsWith("Get a ticket.", error.Advice);
        Assert.Equal((refused.Code, 5u, "ERROR_ACCESS_DENIED"), (error.Code, error.WSManCode, error.WSManCodeName));
        Assert.Equal((refused.Trace, refused), (error.Trace, error.InnerException));
    }

    [Fact]
    public void OnlyAStopEndsACommandWithoutAnError()
    {
        Errors.ThrowIfStopped(s_fault);

        Assert.Throws<PipelineStoppedException>(() => Errors.ThrowIfStopped(Errors.Stopped()));
    }
}
