using System;
using System.Runtime.InteropServices;
using Microsoft.WSMan.Management;

// What the original asks a computer with. Its own is a COM object of Windows; this one hands each request on.
public sealed class Session : IWSManSession
{
    private readonly Func<string, string, string, string> _ask;

    public Session(Func<string, string, string, string> ask) => _ask = ask;

    public string Error { get; private set; }
    public int BatchItems { get; set; }
    public int Timeout { get; set; }

    public string Get(object resource, int flags) => Ask("Get", resource);
    public string Put(object resource, string body, int flags) => Ask("Put", resource, body);
    public string Create(object resource, string body, int flags) => Ask("Create", resource, body);
    public void Delete(object resource, int flags) => Ask("Delete", resource);
    public object Enumerate(object resource, string filter, string dialect, int flags) =>
        new Enumeration(Ask("Enumerate", resource));

    public string Invoke(string action, object resource, string parameters, int flags) =>
        throw new NotSupportedException();
    public string Identify(int flags) => throw new NotSupportedException();
    public object GetTypeInfoCount() => throw new NotSupportedException();
    public object GetTypeInfo() => throw new NotSupportedException();
    public object GetIDsOfNames() => throw new NotSupportedException();
    public object Invoke() => throw new NotSupportedException();

    private string Ask(string operation, object resource, string body = "")
    {
        Error = null;
        try
        {
            return _ask(operation, (string)resource, body);
        }
        catch (Exception e)
        {
            // WinRM leaves the fault here as XML.
            Error = e.Message;
            throw new COMException("The WS-Management service refused the request.");
        }
    }
}

// All items at once. The layout gives it a size, which is asked for where the original would release a COM object.
[StructLayout(LayoutKind.Sequential)]
public sealed class Enumeration : IWSManEnumerator
{
    private string _items;

    public Enumeration(string items) => _items = items;

    public string Error => null;
    public bool AtEndOfStream => _items.Length == 0;

    public string ReadItem()
    {
        string items = _items;
        _items = "";
        return items;
    }

    public object GetTypeInfoCount() => throw new NotSupportedException();
    public object GetTypeInfo() => throw new NotSupportedException();
    public object GetIDsOfNames() => throw new NotSupportedException();
    public object Invoke() => throw new NotSupportedException();
}
